import { Button, Form, Problem, queries, Section, Skeleton, Switch, TextField, toast } from '#web'
import { useState } from 'react'
import { priorities } from '../../cases/model.ts'
import { api } from '../data.ts'
import { priorityNames } from '../words.ts'
import { useRules, type Rules } from './data.ts'
import { minutesIn } from './needs-editor.tsx'

/** What holds for routing in all queues. */
export function RulesSection({ may }: { may: boolean }) {
  const rules = useRules()
  return (
    <Section title="For all queues" detail="A case should be with somebody when its soonest promise runs out, or when its priority has waited so long: by that instant cases stand in order, and none is passed over for ever.">
      {rules.isPending ? <Skeleton rows={4} /> : rules.isError ? <Problem error={rules.error} what="The rules" onRetry={() => void rules.refetch()} /> : <Fields key={JSON.stringify(rules.data)} rules={rules.data} may={may} />}
    </Section>
  )
}

function Fields({ rules, may }: { rules: Rules; may: boolean }) {
  const [words, setWords] = useState(rules)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = () => {
    setBusy(true)
    setProblem(null)
    api('PUT /api/v1/routing/rules', { body: words }).then(() => queries.invalidateQueries({ queryKey: ['routing'] })).then(() => toast({ text: 'Saved' }), setProblem).finally(() => setBusy(false))
  }
  const patience = (priority: (typeof priorities)[number], text: string) => setWords((now) => ({ ...now, patienceMinutes: { ...now.patienceMinutes, [priority]: minutesIn(text) ?? 0 } }))
  return (
    <Form onSubmit={submit} problem={problem} actions={may ? <Button variant="primary" type="submit" busy={busy} disabled={JSON.stringify(words) === JSON.stringify(rules)}>Save</Button> : null}>
      <fieldset className="desk-fieldset" disabled={!may}><legend>Minutes that a case may wait for somebody</legend>
        <div className="routing-weights">{priorities.toReversed().map((priority) => <TextField key={priority} label={priorityNames[priority]} inputMode="numeric" value={String(words.patienceMinutes[priority])} onChange={(text) => patience(priority, text)} />)}</div>
      </fieldset>
      <div className="desk-pair">
        <TextField label="Skill for the customer’s language" name="languageSkill" mono disabled={!may} placeholder="none" value={words.languageSkill ?? ''} onChange={(text) => setWords((now) => ({ ...now, languageSkill: text.trim() || null }))} hint="A skill’s key: {name} stands for spanish, {code} for es. A language without such a skill asks for nothing." />
        <TextField label="Without it after (minutes)" name="languageDropMinutes" inputMode="numeric" disabled={!may} placeholder="never" value={words.languageDropMinutes === null ? '' : String(words.languageDropMinutes)} onChange={(text) => setWords((now) => ({ ...now, languageDropMinutes: minutesIn(text) }))} hint={`Asked at level ${words.languageLevel} or more.`} />
      </div>
      <Switch label="Cases that wait for customers take room, too" disabled={!may} checked={words.countWaiting} onChange={(countWaiting) => setWords((now) => ({ ...now, countWaiting }))} />
    </Form>
  )
}

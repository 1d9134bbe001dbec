import { Badge, Button, changesBetween, Drawer, Empty, Form, Id, isStale, Stale, TextField, useEdit, useIntent } from '#web'
import { Sparkles } from 'lucide-react'
import { keyFrom } from '../../places/model.ts'
import { people, useSkills, type Skill } from '../wire.ts'
import { KeptPage, PutAway } from './kept.tsx'
import { useSaving } from './use-saving.ts'

/** Skills: what people can, by which cases find them. */
export function Skills() {
  return (
    <KeptPage<Skill>
      title="Skills" detail="What people can: languages, topics, tools. How well is said on each person's page." noun="skill" useAll={useSkills}
      empty={<Empty icon={Sparkles} title="There are no skills yet">A skill, such as Spanish or Chargebacks, sends a case to somebody who has it.</Empty>}
      columns={[
        { id: 'name', name: 'Skill', cell: ({ name, archivedAt, demo }) => <span>{name} {archivedAt ? <Badge>Put away</Badge> : null} {demo ? <Badge>Sample</Badge> : null}</span> },
        { id: 'key', name: 'Key', width: 220, cell: ({ key }) => <Id value={key} label="Copy the key" /> },
      ]}
      drawer={(skill, close, readOnly) => <SkillDrawer key={skill?.id} skill={skill} close={close} readOnly={readOnly} />}
    />
  )
}

const draftOf = (skill: Skill | null) => ({ name: skill?.name ?? '' })

function SkillDrawer({ skill, close, readOnly }: { skill: Skill | null; close: () => void; readOnly: boolean }) {
  const { seen, draft, set, theirs, mine } = useEdit(skill, draftOf)
  const { problem, busy, save, forget } = useSaving(close)
  const intent = useIntent()
  const key = skill?.key ?? keyFrom(draft.name)
  const send = ({ name }: typeof draft, over: Skill | null) => void save(() => {
    const body = { name: name.trim() }
    return over ? people('PATCH /api/v1/skills/:id', { params: { id: over.id }, body, ifMatch: over.version }) : people('POST /api/v1/skills', { body, idempotencyKey: intent.key(body) })
  }, over ? 'Saved' : `${name.trim()} is added`)
  const late = isStale(problem) && seen && skill
  return (
    <Drawer open onClose={close} title={skill?.name ?? 'Add a skill'}>
      <Form label="Skill" problem={late ? null : problem} onSubmit={() => send(draft, seen)} actions={readOnly || late ? null : <><Button onClick={close}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={draft.name.trim() === ''}>{skill ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Name" name="name" disabled={readOnly} value={draft.name} onChange={(name) => set({ name })} hint={key ? <>Rules and templates call it <code>{key}</code>{skill ? ', also after a new name' : ''}.</> : 'Such as Spanish, or Card disputes.'} />
        {late ? <Stale busy={busy} changes={changesBetween({ name: seen.name }, { name: skill.name }, { name: 'name' })} onTheirs={() => { forget(); theirs() }} onMine={() => send(mine(), skill)} /> : null}
      </Form>
      {skill && !readOnly ? <PutAway kept={skill} says="It can be given to nobody any more. Those who have it keep it." onDone={close} set={(archived) => people('PATCH /api/v1/skills/:id', { params: { id: skill.id }, body: { archived } })} /> : null}
    </Drawer>
  )
}

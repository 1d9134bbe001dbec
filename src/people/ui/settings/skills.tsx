import { Badge, Button, Drawer, Empty, Form, Id, TextField, useIntent } from '#web'
import { Sparkles } from 'lucide-react'
import { useState } from 'react'
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
      drawer={(skill, close, readOnly) => <SkillDrawer key={`${skill?.id} ${skill?.version}`} skill={skill} close={close} readOnly={readOnly} />}
    />
  )
}

function SkillDrawer({ skill, close, readOnly }: { skill: Skill | null; close: () => void; readOnly: boolean }) {
  const [name, setName] = useState(skill?.name ?? '')
  const { problem, busy, save } = useSaving(close)
  const intent = useIntent()
  const body = { name: name.trim() }
  const key = skill?.key ?? keyFrom(name)
  const submit = () => void save(() => (skill
    ? people('PATCH /api/v1/skills/:id', { params: { id: skill.id }, body, ifMatch: skill.version })
    : people('POST /api/v1/skills', { body, idempotencyKey: intent.key(body) })), skill ? 'Saved' : `${body.name} is added`)
  return (
    <Drawer open onClose={close} title={skill?.name ?? 'Add a skill'}>
      <Form label="Skill" problem={problem} onSubmit={submit} actions={readOnly ? null : <><Button onClick={close}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={body.name === ''}>{skill ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Name" name="name" autoFocus={!skill} disabled={readOnly} value={name} onChange={setName} hint={key ? <>Rules and templates call it <code>{key}</code>{skill ? ', also after a new name' : ''}.</> : 'Such as Spanish, or Card disputes.'} />
      </Form>
      {skill && !readOnly ? <PutAway kept={skill} says="It can be given to nobody any more. Those who have it keep it." onDone={close} set={(archived) => people('PATCH /api/v1/skills/:id', { params: { id: skill.id }, body: { archived } })} /> : null}
    </Drawer>
  )
}

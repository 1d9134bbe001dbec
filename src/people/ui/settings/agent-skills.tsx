import { Button, IconButton, Menu, optimistic, Section, Select } from '#web'
import { Plus, X } from 'lucide-react'
import { people, useSkills, type Agent } from '../wire.ts'
import { levelName, levels } from '../words.ts'

type Held = Agent['skills'][number]

/** What a person can, and how well. Each change is saved at once. */
export function AgentSkills({ agent, readOnly }: { agent: Agent; readOnly: boolean }) {
  const all = useSkills().data?.items ?? []
  const free = all.filter(({ id }) => !agent.skills.some(({ skillId }) => skillId === id))
  const save = (skills: readonly Held[]) => void optimistic<Agent>({
    keys: [['agent', agent.id]], apply: (before) => ({ ...before, skills: [...skills] }), refused: 'Skills not saved',
    send: () => people('PUT /api/v1/agents/:id/skills', { params: { id: agent.id }, body: { skills: skills.map(({ skillId, level }) => ({ skillId, level })) } }),
  })
  const add = (skill: (typeof all)[number]) => save([...agent.skills, { skillId: skill.id, key: skill.key, name: skill.name, level: 3 }])
  return (
    <Section title="Skills" count={agent.skills.length} actions={readOnly || all.length === 0 ? null : <Menu label="Skills to add" align="end" trigger={<Button size="small" icon={Plus}>Add a skill</Button>} items={free.length === 0 ? [{ heading: 'Every skill is there' }] : free.map((skill) => ({ name: skill.name, perform: () => add(skill) }))} />}>
      {agent.skills.length === 0 ? <p className="people-quiet">{all.length === 0 ? 'There are no skills yet; Settings, Skills is where they are made.' : 'None yet. Cases that need a skill go to those who have it.'}</p> : null}
      <ul className="people-skills">
        {agent.skills.map((skill) => (
          <li key={skill.skillId}>
            <span>{skill.name}</span>
            {readOnly ? <span className="people-quiet">{levelName(skill.level)}</span> : <>
              <Select quiet label={`How well: ${skill.name}`} hideLabel value={String(skill.level)} options={levels} onChange={(level) => save(agent.skills.map((other) => (other === skill ? { ...skill, level: Number(level) } : other)))} />
              <IconButton size="small" icon={X} label={`Remove ${skill.name}`} onClick={() => save(agent.skills.filter((other) => other !== skill))} />
            </>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

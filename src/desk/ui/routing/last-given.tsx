import { Drawer, Section, Time } from '#web'
import { useState } from 'react'
import { useLastDecisions, type KeptDecision, type Skill } from './data.ts'
import { CaseLink, Reasons } from './reasons.tsx'
import { whyWords } from './words.ts'

/** What was given last, each with its reasons. */
export function LastGiven({ name, skills }: { name: (id: string) => string; skills: readonly Skill[] }) {
  const given = useLastDecisions().data
  const [opened, setOpened] = useState<KeptDecision | null>(null)
  if (!given) return null
  return (
    <Section title="Given last" count={given.length} compact>
      {given.length === 0 ? <p className="routing-none">What queues give out stands here, with why.</p> : (
        <ul className="routing-given">
          {given.map((decision) => (
            <li key={decision.id}>
              <button type="button" onClick={() => setOpened(decision)}>
                <span className="figure">#{decision.caseNumber}</span><span><strong>{name(decision.agentId ?? '')}</strong> {whyWords(decision.why)}</span><Time at={decision.at} form="short" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {opened ? (
        <Drawer open onClose={() => setOpened(null)} title={`Why ${name(opened.agentId ?? '')} got #${opened.caseNumber}`} description={<CaseLink number={opened.caseNumber} subject={null} />}>
          <Reasons decision={{ ...opened, until: opened.reasons.until }} name={name} skills={skills} />
        </Drawer>
      ) : null}
    </Section>
  )
}

import { MessageSquareShare } from 'lucide-react'
import { KeyHint, runCommand, Section, useMe, useNow } from '#web'
import { canChange } from '../can-change.ts'
import { askKin } from '../merging/asking.ts'
import { useSides } from '../merging/data.ts'
import type { Case } from '../wire.ts'
import { partyNames, standingWords } from './words.ts'

/** The side conversations of a case; each opens as a thread of its own. */
export function SideList({ view }: { view: Case }) {
  const [me, now] = [useMe(), useNow()]
  const sides = useSides(view.number).data ?? []
  const may = me.may('side.write') && canChange(view)
  if (sides.length === 0 && !may) return null
  return (
    <Section title="Side conversations" compact {...(sides.length > 0 ? { count: sides.length } : {})}>
      <ul className="side-list">
        {sides.map((side) => {
          const standing = standingWords(side, now)
          const waiting = side.messages.filter((message) => message.standing === 'suggested').length
          return (
            <li key={side.id}>
              <button type="button" className="side-row" onClick={() => askKin({ what: 'thread', number: view.number, side: side.id })}>
                <MessageSquareShare size={14} aria-hidden />
                <span className="side-row-words"><span className="kin-subject">{side.subject}</span><span className="kin-detail">{partyNames(side.parties)} · <span className={`kin-fate-${standing.tone}`}>{standing.word}</span>{waiting > 0 ? ' · somebody else wrote' : ''}</span></span>
              </button>
            </li>
          )
        })}
      </ul>
      {may ? <button type="button" className="desk-tool" onClick={() => runCommand('case.side')}>Ask a partner <KeyHint command="case.side" /></button> : null}
    </Section>
  )
}

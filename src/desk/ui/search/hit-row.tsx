import { Time } from '#web'
import { PriorityMark, StatusMark } from '../marks.tsx'
import { passagePieces } from '../passage.ts'
import type { Hit } from '../wire.ts'
import { personName } from '../words.ts'
import { showsPassage, whyWords } from './why.ts'

function Marked({ passage }: { passage: string }) {
  return passagePieces(passage).map(({ text, marked }, index) => (
    // eslint-disable-next-line react/no-array-index-key -- pieces of a fixed text
    marked ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>
  ))
}

/** A case that was found: what it is, why it was found, and whose it is. */
export function HitRow({ hit }: { hit: Hit }) {
  const { case: found, why } = hit
  const said = whyWords(why)
  return (
    <div className="search-hit">
      <StatusMark status={found.status} />
      <div className="search-hit-words">
        <p className="search-hit-subject">{why.reason === 'subject' ? <Marked passage={hit.passage} /> : found.subject}</p>
        <p className="search-hit-passage">
          {said ? <span className="search-hit-why">{said}</span> : null}
          {showsPassage(why) ? <span><Marked passage={hit.passage} /></span> : said ? null : <span>{found.snippet}</span>}
        </p>
        <p className="search-hit-about">
          <span className="figure">#{found.number}</span><span>{personName(found.customer)}</span>{found.account ? <span>{found.account.name}</span> : null}
          <span>{found.queue.name}</span>{found.removed ? <span>In {found.removed}</span> : null}{found.assignee ? <span>{found.assignee.name}</span> : null}
        </p>
      </div>
      <PriorityMark priority={found.priority} />
      <span className="desk-row-time"><Time at={found.lastMessageAt} form="short" /></span>
    </div>
  )
}

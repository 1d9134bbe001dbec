import type { Db } from '../db/database.ts'
import { sealOf, type Verification } from './chain.ts'
import { chainAfter, overhangingFacts, readHead, strayFacts, type ChainLink } from './store.ts'

const BATCH = 5_000

/** Walks the whole chain and says where the log was changed, thinned, added to or cut, if it was. */
export async function verifyLog(db: Db): Promise<Verification> {
  const head = await readHead(db)
  let hash: Buffer = Buffer.alloc(0)
  let position = 0
  while (position < head.position) {
    const links = await chainAfter(db, position, BATCH)
    for (const link of links.filter((l) => l.position <= head.position)) {
      const reason = faultOf(link, position, hash)
      if (reason) return { verified: false, events: position, firstBroken: { event: String(link.eventId), position: link.position, reason } }
      hash = link.hash
      position = link.position
    }
    if (links.length === 0) return { verified: false, events: position, firstBroken: { event: '', position: position + 1, reason: 'cut' } }
  }
  if (!hash.equals(head.hash)) return { verified: false, events: position, firstBroken: { event: '', position, reason: 'cut' } }
  const [stray] = [...(await overhangingFacts(db)), ...(await strayFacts(db))]
  if (stray !== undefined) return { verified: false, events: position, firstBroken: { event: String(stray), position: null, reason: 'inserted' } }
  return { verified: true, events: position, firstBroken: null }
}

function faultOf(link: ChainLink, before: number, previous: Buffer): 'changed' | 'removed' | null {
  if (link.position !== before + 1 || link.text === null) return 'removed'
  return sealOf(previous, link.text).equals(link.hash) ? null : 'changed'
}

import { Button, Link, Section, Time, useMe } from '#web'
import { undoMerge } from './merge.tsx'
import { useMerges, type Customer, type Merge } from './wire.ts'
import { mergedWords } from './words.ts'

/** With whom this customer was merged, and the way back. Nothing is shown where there was none. */
export function Merges({ customer }: { customer: Customer }) {
  const { data } = useMerges(customer.id)
  const may = useMe().may('customer.merge')
  if (!data || data.items.length === 0) return null
  return (
    <Section title="Merges" count={data.items.length}>
      <ul className="accounts-merges">{data.items.map((merge) => <Row key={merge.id} merge={merge} self={customer.id} may={may} />)}</ul>
    </Section>
  )
}

function Row({ merge, self, may }: { merge: Merge; self: string; may: boolean }) {
  const [other, words] = merge.kept.id === self ? [merge.merged, 'became part of this one'] : [merge.kept, 'took the place of this one']
  return (
    <li>
      <div className="accounts-two">
        <span><Link href={`/customers/${other.id}`}>{other.name || 'Somebody without a name'}</Link> {words}</span>
        <span className="accounts-quiet"><Time at={merge.at} />; {mergedWords(merge.addresses)}{merge.undoneAt ? <>. Taken back <Time at={merge.undoneAt} />.</> : ''}</span>
      </div>
      {may && merge.undoneAt === null ? <Button size="small" onClick={() => void undoMerge(merge.id)}>Take back</Button> : null}
    </li>
  )
}

import { useEffect, useState } from 'react'
import { useCell } from '../cell.ts'
import { Kbd } from '../parts/kbd.tsx'
import { availableCommands, begun } from '../commands/registry.ts'

const AFTER_MS = 450

/** Whoever hesitates after the first key of a sequence is shown what may follow. */
export function SequenceHint() {
  const presses = useCell(begun)
  return presses.length === 0 ? null : <Hint key={presses.join(' ')} presses={presses} />
}

function Hint({ presses }: { presses: readonly string[] }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), AFTER_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return null
  const start = `${presses.join(' ')} `
  const next = availableCommands().flatMap(({ id, name, keys = [] }) => keys.filter((binding) => binding.startsWith(start)).map((binding) => ({ id: `${id} ${binding}`, name, rest: binding.slice(start.length) })))
  return (
    <div className="sequence" aria-hidden="true">
      <p className="sequence-begun"><Kbd keys={presses.join(' ')} /> then</p>
      <ul>{next.map(({ id, name, rest }) => <li key={id}><Kbd keys={rest} />{name}</li>)}</ul>
    </div>
  )
}

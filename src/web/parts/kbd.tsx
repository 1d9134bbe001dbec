import { shown } from '../commands/model.ts'
import { isMac } from '../commands/registry.ts'

/** Keys as caps: `mod+Enter`, `g i`. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="kbd-row">
      {shown(keys, isMac).map((together, index) => (
        // eslint-disable-next-line react/no-array-index-key -- a fixed list
        <span key={index} className="kbd-press">{together.map((cap) => <kbd key={cap} className="kbd">{cap}</kbd>)}</span>
      ))}
    </span>
  )
}

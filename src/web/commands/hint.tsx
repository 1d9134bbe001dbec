import { Kbd } from '../parts/kbd.tsx'
import { useCommand } from './use.ts'

/** The key of a command, as it is registered now; nothing when it has none. */
export function KeyHint({ command }: { command: string }) {
  const keys = useCommand(command)?.keys?.[0]
  return keys === undefined ? null : <Kbd keys={keys} />
}

import { TextField } from '#web'
import type { QueryProblem } from '../../query/model.ts'

interface QueryBoxProps {
  label: string
  value: string
  onChange: (value: string) => void
  problems: readonly QueryProblem[]
}

/** Where a filter is written. */
export function QueryBox({ label, value, onChange, problems }: QueryBoxProps) {
  const wrong = problems.map(({ at, length }) => value.slice(at, at + length)).filter(Boolean)
  return <TextField label={label} mono value={value} onChange={onChange} autoComplete="off" spellCheck={false} hint="status, priority, queue, team, assignee, topic, tag, segment, account, due, waiting, is, has … and words" error={wrong.length > 0 ? `Not understood: ${wrong.join(', ')}` : null} />
}

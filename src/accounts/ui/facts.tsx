import type { ReactNode } from 'react'

/** Names and what they say, one a line; what is not known is shown as such. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return <dl className="accounts-facts">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value ?? <span className="accounts-faint">not known</span>}</dd></div>)}</dl>
}

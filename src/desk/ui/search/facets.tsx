import { classes } from '#web'
import type { Hit } from '../wire.ts'
import { facetsOf, toggled } from './facets.ts'

/** Chips that narrow what was found, each with how many of what is shown it keeps. */
export function Facets({ text, hits, put }: { text: string; hits: readonly Hit[]; put: (text: string) => void }) {
  const facets = facetsOf(text, hits)
  if (facets.length === 0) return null
  return (
    <div className="search-facets" role="group" aria-label="Narrow what was found">
      {facets.map((facet) => (
        <button key={`${facet.field}:${facet.value}`} type="button" className={classes('search-facet', facet.isOn && 'search-facet-on')} aria-pressed={facet.isOn} title={`${facet.field}:${facet.value}`} onClick={() => put(toggled(text, facet))}>
          {facet.name} <span className="figure">{facet.count}</span>
        </button>
      ))}
    </div>
  )
}

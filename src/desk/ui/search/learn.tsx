import { Clock } from 'lucide-react'
import { Button } from '#web'
import { useState } from 'react'
import { fieldNames } from '../../query/model.ts'
import { fieldLine } from '../query/completion.ts'
import { forgetSearches, recentSearches } from './recent.ts'

const examples: readonly [query: string, means: string][] = [
  ['refund missing', 'Both words, in any of their forms, in anything that was written'],
  ['"not received"', 'These words in this order'],
  ['payout -bank', 'The first word, without the second'],
  ['charge*', 'Words that begin so'],
  ['pi_3Nx9…', 'A payment, payout, dispute, account: where it is mentioned'],
  ['ana@northwind.example', 'Cases in which this address takes part'],
]

/** Before anything was asked: what was asked lately, and how to ask. */
export function Learn({ ask }: { ask: (text: string) => void }) {
  const [recent, setRecent] = useState(recentSearches)
  return (
    <div className="search-learn">
      {recent.length > 0 ? (
        <section aria-label="Recent searches">
          <h2>Recent <Button variant="quiet" size="small" onClick={() => { forgetSearches(); setRecent([]) }}>Forget them</Button></h2>
          <ul>{recent.map((text) => <li key={text}><button type="button" className="search-recent" onClick={() => ask(text)}><Clock size={14} aria-hidden /><span>{text}</span></button></li>)}</ul>
        </section>
      ) : null}
      <section aria-label="How to ask">
        <h2>How to ask</h2>
        <dl className="search-words">{examples.map(([query, means]) => <div key={query}><dt><code>{query}</code></dt><dd>{means}</dd></div>)}</dl>
      </section>
      <section aria-label="Fields">
        <h2>Fields</h2>
        <p className="search-note">All of them together with words; <code>-</code> before one turns it round, commas mean or: <code>status:new,open -tag:vip</code></p>
        <dl className="search-fields">{fieldNames.map((field) => {
          const { about, example } = fieldLine(field)
          return <div key={field}><dt><button type="button" className="search-example" onClick={() => ask(`${field}:`)}><code>{example}</code></button></dt><dd>{about}</dd></div>
        })}</dl>
      </section>
    </div>
  )
}

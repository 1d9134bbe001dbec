import { Link, Problem, Skeleton } from '#web'
import type { ReactNode } from 'react'
import type { CaseAction } from '../../actions/model.ts'
import { useActionNames } from '../actions/names.ts'
import { isComplete } from '../actions/words.ts'
import { counted } from '../words.ts'
import type { Preview, PreviewState } from './data.ts'
import { changeWords, reason } from './words.ts'

/** What a run would do to how many, before it does it. */
export function PreviewView({ state, actions, tooMany }: { state: PreviewState; actions: readonly CaseAction[]; tooMany: boolean }) {
  if (state.error) return <Problem error={state.error} what="The preview" compact />
  if (!isComplete(actions)) return <p className="desk-bulk-hint">{actions.length === 0 ? 'Add what is to be done to each case. What it does to how many stands here, before anything happens.' : 'Something is missing in an action.'}</p>
  if (!state.data) return <Skeleton rows={4} />
  return <div className="desk-bulk-preview" aria-busy={state.stale || undefined} data-stale={state.stale || undefined}><Groups preview={state.data} tooMany={tooMany} /></div>
}

function Groups({ preview, tooMany }: { preview: Preview; tooMany: boolean }) {
  const names = useActionNames()
  const { total, change, same, since, refused, effects, sample } = preview
  return (
    <>
      {tooMany ? <p className="desk-bulk-warning" role="alert">These are {counted(total, 'case')}; you may change {preview.casesMax.toLocaleString('en')} at once. Choose fewer.</p> : null}
      <Group tone="done" count={change} title={`will change`}>
        <ul className="desk-bulk-effects">{effects.map((effect) => <li key={JSON.stringify(effect)}><span>{changeWords(effect, names)}</span><span className="figure">{effect.cases.toLocaleString('en')}</span></li>)}</ul>
      </Group>
      {sample ? <figure className="desk-bulk-sample"><figcaption>Such as to <Link href={`/cases/${sample.number}`}>#{sample.number}</Link>:</figcaption><blockquote>{sample.text}</blockquote></figure> : null}
      <Group tone="neutral" count={same} title="have nothing to change" />
      <Group tone="soon" count={since.cases} title={`left alone: ${reason(since.code)}`}><Numbers numbers={since.numbers} more={since.cases} /></Group>
      {refused.map((group) => <Group key={group.code} tone="late" count={group.cases} title={`left alone: ${reason(group.code)}`}><Numbers numbers={group.numbers} more={group.cases} /></Group>)}
    </>
  )
}

function Group({ tone, count, title, children }: { tone: string; count: number; title: string; children?: ReactNode }) {
  if (count === 0 && tone !== 'done') return null
  return <section className={`desk-bulk-group desk-bulk-${tone}`}><h3><span className="figure">{count.toLocaleString('en')}</span> {title}</h3>{children}</section>
}

function Numbers({ numbers, more }: { numbers: readonly number[]; more: number }) {
  return <p className="desk-bulk-numbers">{numbers.map((number) => <Link key={number} href={`/cases/${number}`}>#{number}</Link>)}{more > numbers.length ? <span>and {(more - numbers.length).toLocaleString('en')} more</span> : null}</p>
}

import { BookmarkPlus, ListFilter, RotateCcw, Save, X } from 'lucide-react'
import { Button, IconButton, useMe } from '#web'
import { useEffect, useRef, useState } from 'react'
import { QueryField } from '../query/query-field.tsx'
import { countWords, useQueryCount } from '../views/data.ts'
import type { ShownList } from './shown.ts'
import { wordsOfQuery } from './selection.ts'

interface FilterBarProps {
  shown: ShownList
  open: boolean
  onClose: () => void
  /** Saves what is shown under a name; over the view that it came from. */
  onSave: (how: 'new' | 'over') => void
}

/** So long after the last letter the list follows. */
const PAUSE_MS = 250

/** What narrows the list, in the words of the query language, with how many fit; and what can be kept of it. */
export function FilterBar({ shown, open, onClose, onSave }: FilterBarProps) {
  const { list, filter, problems, changed } = shown
  const count = useQueryCount(list.query && filter.trim() && problems.length === 0 ? wordsOfQuery(list.query) : null)
  const may = useMe().may('view.write')
  if (!open && !changed) return null
  return (
    <div className="desk-filter">
      <FilterField shown={shown} focused={open} onClose={onClose} />
      <div className="desk-filter-foot">
        <span className="desk-filter-says" role="status">{problems.length > 0 ? 'Some of it cannot be understood' : count ? `${count.more ? countWords(count) : count.count.toLocaleString('en')} ${count.count === 1 && !count.more ? 'case' : 'cases'}` : changed && !filter ? 'Looks different from how it was saved' : ''}</span>
        {changed ? <IconButton icon={RotateCcw} label="As it was" size="small" onClick={() => { shown.reset(); onClose() }} /> : null}
        {changed && may && list.view?.mayChange ? <Button size="small" icon={Save} disabled={problems.length > 0} onClick={() => onSave('over')}>Save</Button> : null}
        {changed && may ? <Button size="small" icon={BookmarkPlus} command="view.save" disabled={problems.length > 0} onClick={() => onSave('new')}>Save as view</Button> : null}
      </div>
    </div>
  )
}

function FilterField({ shown, focused, onClose }: { shown: ShownList; focused: boolean; onClose: () => void }) {
  const { filter, setFilter } = shown
  const [text, setText] = useState(filter)
  const field = useRef<HTMLInputElement>(null)
  const sent = useRef(filter)
  // What came from elsewhere (Back, a link, the reset) is shown; what one writes oneself is not overwritten.
  useEffect(() => { if (filter !== sent.current) { sent.current = filter; setText(filter) } }, [filter])
  useEffect(() => { if (focused) field.current?.focus() }, [focused])
  useEffect(() => {
    if (text === filter) return
    const timer = setTimeout(() => { sent.current = text.trim() === '' ? '' : text; setFilter(text) }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, filter, setFilter])
  const send = (next: string) => { sent.current = next; setFilter(next) }
  const leave = () => { setText(''); send(''); onClose() }
  return (
    <div className="desk-filter-field">
      <QueryField
        ref={field} label="Filter the list" hideLabel icon={ListFilter} value={text} onChange={setText} placeholder="priority:high,urgent -tag:vip waiting:>1d"
        onSubmit={() => { send(text); field.current?.blur() }} onLeave={leave}
      />
      <IconButton icon={X} label="Close the filter" size="small" onClick={leave} />
    </div>
  )
}

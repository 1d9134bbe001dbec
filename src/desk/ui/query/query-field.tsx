import { Popover } from 'radix-ui'
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { classes, type Icon } from '#web'
import { parseQuery, QUERY_LENGTH_MAX, type QueryProblem } from '../../query/model.ts'
import { completed, fieldLine, fieldsFor, problemWords, settled, spotAt, type Spot } from './completion.ts'
import { useValues, type Offer } from './use-values.ts'
import '../css/query.css'

export interface QueryFieldProps {
  value: string
  onChange: (value: string) => void
  label: string
  hideLabel?: boolean
  hint?: string
  icon?: Icon
  placeholder?: string
  autoFocus?: boolean
  disabled?: boolean
  /** What the server found wrong besides; its places are those of `value` as it was asked with. */
  problems?: readonly { at: number; length: number; code: string }[]
  /** Said by a form's refusal. */
  error?: string | null
  /** Enter, while nothing is being chosen. */
  onSubmit?: () => void
  /** Escape, while nothing is being chosen. */
  onLeave?: () => void
  /** Arrow down, while nothing is offered. */
  onDown?: () => void
  ref?: Ref<HTMLInputElement>
}

/**
 * A query in the making: fields and their values are offered as one writes, what cannot be understood is underlined and said in words. Tab takes
 * the first of what is offered, arrows and Enter another; Enter on a field's name is a search for the word until one goes to the list.
 */
export function QueryField(props: QueryFieldProps) {
  const { value, onChange, label, hideLabel, hint, icon: Drawn, placeholder, disabled, error, autoFocus } = props
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const field = useCompletion(props, input)
  const wrong = [...settled(parseQuery(value).problems, field.isFocused ? field.caret : null), ...(props.problems ?? [])].filter(isNew)
  const sentences = [...new Set(wrong.map((problem) => problemWords(problem, value)))]
  const described = [hint ? `${id}-hint` : null, sentences.length > 0 || error ? `${id}-wrong` : null].filter(Boolean).join(' ')
  return (
    <div className={classes('field', 'query-field', (error || sentences.length > 0) && 'field-wrong')}>
      <label className={classes('field-label', hideLabel && 'unseen')} htmlFor={id}>{label}</label>
      <Popover.Root open={field.isOpen} onOpenChange={(open) => { if (!open) field.close() }}>
        <Popover.Anchor asChild>
          <span className="input-box query-box">
            {Drawn ? <Drawn size={15} aria-hidden className="input-icon" /> : null}
            <span className="query-line">
              <Underlined text={value} problems={wrong} behind={input} />
              <input
                ref={(element) => { input.current = element; pass(props.ref, element) }} id={id} className="input query-input" role="combobox" aria-expanded={field.isOpen} aria-controls={`${id}-list`} aria-autocomplete="list"
                aria-activedescendant={field.isOpen && field.at >= 0 ? `${id}-list-${field.at}` : undefined} aria-describedby={described || undefined} aria-invalid={wrong.length > 0 || error ? true : undefined}
                autoComplete="off" autoCapitalize="off" spellCheck={false} maxLength={QUERY_LENGTH_MAX} placeholder={placeholder} disabled={disabled} value={value}
                // eslint-disable-next-line jsx-a11y/no-autofocus -- asked for where one comes to write
                autoFocus={autoFocus}
                onChange={(event) => { onChange(event.target.value); field.write(event.target.selectionStart) }} onSelect={field.moved} onFocus={field.focus} onBlur={field.blur} onKeyDown={field.onKeyDown}
              />
            </span>
          </span>
        </Popover.Anchor>
        <Popover.Portal>
          <Popover.Content className="floats menu combobox-list query-offers" align="start" sideOffset={4} collisionPadding={8} onOpenAutoFocus={(event) => event.preventDefault()} onCloseAutoFocus={(event) => event.preventDefault()}>
            <div role="listbox" id={`${id}-list`} aria-label={field.spot.field ? `Values of ${field.spot.field}` : 'Fields'}>
              {field.offers.map((offer, index) => <OfferRow key={offer.insert} id={`${id}-list-${index}`} offer={offer} at={index === field.at} choose={() => field.choose(offer)} />)}
            </div>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
      {hint ? <p className="field-hint" id={`${id}-hint`}>{hint}</p> : null}
      {error || sentences.length > 0 ? <p className="field-error" id={`${id}-wrong`} role="status">{[error, ...sentences].filter(Boolean).join('. ')}</p> : null}
    </div>
  )
}

/** The same problem found here and there is one. */
const isNew = (problem: { at: number; code: string }, index: number, all: readonly { at: number; code: string }[]) => all.findIndex(({ at, code }) => at === problem.at && code === problem.code) === index

function pass(ref: Ref<HTMLInputElement> | undefined, element: HTMLInputElement | null): void {
  if (typeof ref === 'function') ref(element)
  else if (ref) ref.current = element
}

function useCompletion({ value, onChange, onSubmit, onLeave, onDown }: QueryFieldProps, input: { readonly current: HTMLInputElement | null }) {
  const [caret, setCaret] = useState(value.length)
  const [isFocused, setFocused] = useState(false)
  const [wanted, setWanted] = useState(false)
  const [chosen, setChosen] = useState<number | null>(null)
  const goTo = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (goTo.current === null || !input.current) return
    input.current.setSelectionRange(goTo.current, goTo.current)
    goTo.current = null
  })
  const spot = spotAt(value, Math.min(caret, value.length))
  const values = useValues(spot.field, spot.typed)
  const offers = spot.field ? values.filter(({ insert }) => insert !== value.slice(spot.at, spot.end)) : fieldOffers(spot)
  const isOpen = wanted && isFocused && offers.length > 0
  // Values are what Enter takes; a field's name might as well be a word.
  const at = Math.min(chosen ?? (spot.field ? 0 : -1), offers.length - 1)
  const close = () => { setWanted(false); setChosen(null) }
  const choose = (offer: Offer) => {
    const done = completed(value, spot, offer.insert)
    onChange(done.text)
    goTo.current = done.caret
    setCaret(done.caret)
    setChosen(null)
    setWanted(offer.insert.endsWith(':'))
    input.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const done = () => { event.preventDefault(); event.stopPropagation() }
    const offer = offers[Math.max(at, 0)]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (!isOpen && event.key === 'ArrowDown' && onDown && value !== '') { done(); return onDown() }
      done()
      setWanted(true)
      setChosen(isOpen ? Math.max(0, Math.min(offers.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))) : 0)
    } else if (isOpen && event.key === 'Escape') { done(); close() }
    else if (isOpen && event.key === 'Tab' && !event.shiftKey && offer) { done(); choose(offer) }
    else if (event.key === 'Enter' && isOpen && at >= 0 && offer) { done(); choose(offer) }
    else if (event.key === 'Enter' && onSubmit) { done(); close(); onSubmit() }
    else if (event.key === 'Escape' && onLeave) { done(); onLeave() }
  }
  return {
    spot, offers, isOpen, at, isFocused, caret, close, choose, onKeyDown,
    write: (place: number | null) => { setCaret(place ?? value.length); setWanted(true); setChosen(null) },
    moved: () => setCaret(input.current?.selectionStart ?? 0), focus: () => setFocused(true), blur: () => { setFocused(false); close() },
  }
}

/** Nothing is offered until something is written, or asked for with an arrow. */
const fieldOffers = ({ typed }: Spot): Offer[] => fieldsFor(typed).map((field) => ({ insert: `${field}:`, label: `${field}:`, detail: fieldLine(field).about }))

function OfferRow({ id, offer, at, choose }: { id: string; offer: Offer; at: boolean; choose: () => void }) {
  return (
    <div
      id={id} role="option" tabIndex={-1} aria-selected={at} className={classes('menu-item', at && 'menu-item-at')} ref={(element) => { if (at) element?.scrollIntoView({ block: 'nearest' }) }}
      onPointerDown={(event) => { event.preventDefault(); choose() }}
    >
      <span className="query-offer">{offer.label}</span>
      {offer.detail ? <span className="menu-detail">{offer.detail}</span> : null}
    </div>
  )
}

/** The same text behind the box, unseen but for the lines below what is wrong. */
function Underlined({ text, problems, behind }: { text: string; problems: readonly Pick<QueryProblem, 'at' | 'length'>[]; behind: { readonly current: HTMLInputElement | null } }) {
  const line = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const box = behind.current
    const follow = () => { if (line.current && box) line.current.style.transform = `translateX(${-box.scrollLeft}px)` }
    follow()
    box?.addEventListener('scroll', follow)
    return () => box?.removeEventListener('scroll', follow)
  }, [behind, text])
  const pieces: { text: string; wrong: boolean }[] = []
  let at = 0
  for (const problem of problems.toSorted((a, b) => a.at - b.at)) {
    if (problem.at < at) continue
    pieces.push({ text: text.slice(at, problem.at), wrong: false }, { text: text.slice(problem.at, problem.at + problem.length), wrong: true })
    at = problem.at + problem.length
  }
  pieces.push({ text: text.slice(at), wrong: false })
  return (
    <span className="query-under" aria-hidden><span ref={line}>{pieces.map((piece, index) => (
      // eslint-disable-next-line react/no-array-index-key -- pieces of one text
      <span key={index} className={piece.wrong ? 'query-wrong' : undefined}>{piece.text}</span>
    ))}</span></span>
  )
}

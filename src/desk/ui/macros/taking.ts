import { useQueryClient } from '#web'
import { useCallback, useEffect, type RefObject } from 'react'
import { textOf } from '../../macros/model.ts'
import { fillText, unfilledIn } from '../../snippets/model.ts'
import { insertInto, joinedAt } from '../composer/slash.ts'
import { textFactsNow, useTextFacts, type Macro } from './data.ts'
import { arrived, take, useComing } from './pending.ts'

/** Puts a snippet's or a macro's text in, with this case's values, and keeps what it does for the sending. What is missing is selected, to be written over. */
export function useTaking(number: number, area: RefObject<HTMLTextAreaElement | null>) {
  const queries = useQueryClient()
  useTextFacts(number)
  const put = useCallback(async (macro: Macro, from?: number, to?: number) => {
    const facts = await textFactsNow(queries, number).catch(() => null)
    const [written, element] = [textOf(macro.actions), area.current]
    const text = facts ? fillText(written, facts).text : written
    if (element) {
      const begin = from ?? element.value.length
      insertInto(element, begin, to ?? begin, from === undefined ? joinedAt(element.value, text) : text)
      goToUnfilled(element)
    }
    take(number, macro)
  }, [queries, number, area])
  const coming = useComing(number)
  useEffect(() => {
    if (!coming || !area.current) return
    arrived()
    void put(coming)
  }, [coming, put, area])
  return put
}

/** Selects the first variable that is not filled in. @returns whether there is one */
export function goToUnfilled(area: HTMLTextAreaElement | null): boolean {
  const part = area?.value.split(/(\\?\{\{[^{}]*\}\})/).find((each) => unfilledIn(each).length > 0)
  if (!area || part === undefined) return false
  const at = area.value.indexOf(part)
  area.focus()
  area.setSelectionRange(at, at + part.length)
  return true
}

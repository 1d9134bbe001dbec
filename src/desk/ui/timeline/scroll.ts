import { useEffect, useLayoutEffect, useState, type RefObject } from 'react'
import type { Message } from '../wire.ts'

/** Air above the card where the case opens. */
const AIR = 16

/**
 * Opens at the line before what is unread, else at the newest message; holds that place while mails with pictures grow to their height,
 * until the reader scrolls.
 */
export function useLanding(scroller: RefObject<HTMLDivElement | null>): void {
  useLayoutEffect(() => {
    const element = scroller.current
    const content = element?.firstElementChild
    if (!element || !content) return
    const land = () => {
      const mark = element.querySelector<HTMLElement>('[data-landing]')
      const last = element.querySelector<HTMLElement>('[data-newest]')
      const whole = element.scrollHeight
      // A long newest message is read from its beginning.
      const target = mark ?? (last && last.offsetHeight > element.clientHeight - 2 * AIR ? last : null)
      element.scrollTo({ top: target ? target.offsetTop - AIR : whole })
    }
    land()
    const sizes = new ResizeObserver(land)
    sizes.observe(content)
    const stop = () => sizes.disconnect()
    const timer = setTimeout(stop, HELD_MS)
    for (const kind of SCROLLING) element.addEventListener(kind, stop, { passive: true, once: true })
    return () => {
      clearTimeout(timer)
      stop()
      for (const kind of SCROLLING) element.removeEventListener(kind, stop)
    }
  }, [scroller])
}

/** Whoever reads the end still reads it when the composer opens below and takes some of the room. */
export function useKeptEnd(scroller: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let isAtEnd = true
    const look = () => { isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - AIR }
    const sizes = new ResizeObserver(() => { if (isAtEnd) element.scrollTo({ top: element.scrollHeight }) })
    look()
    sizes.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => { sizes.disconnect(); element.removeEventListener('scroll', look) }
  }, [scroller])
}

const HELD_MS = 4_000
const SCROLLING = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

/** Tells which messages come into sight. @returns how many new ones wait below. */
export function useSight(scroller: RefObject<HTMLDivElement | null>, messages: readonly Message[], onSeen: (id: string) => void): number {
  const [seen, setSeen] = useState<ReadonlySet<string>>(() => new Set(messages.map(({ id }) => id)))
  useEffect(() => {
    const root = scroller.current
    if (!root) return
    const observer = new IntersectionObserver((entries) => {
      if (document.visibilityState !== 'visible') return
      const ids = entries.filter((entry) => entry.isIntersecting).flatMap(({ target }) => target.getAttribute('data-message') ?? [])
      if (ids.length === 0) return
      ids.forEach(onSeen)
      setSeen((before) => (ids.every((id) => before.has(id)) ? before : new Set([...before, ...ids])))
    }, { root, rootMargin: '0px 0px -24px 0px' })
    const look = () => { observer.disconnect(); root.querySelectorAll('[data-message]').forEach((card) => observer.observe(card)) }
    look()
    document.addEventListener('visibilitychange', look)
    return () => { observer.disconnect(); document.removeEventListener('visibilitychange', look) }
  }, [scroller, messages, onSeen])
  return messages.filter(({ id }) => !seen.has(id)).length
}

/** Moves the focus to the next or previous card; from nowhere to the one in sight. */
export function stepCard(root: HTMLElement | null, by: 1 | -1): void {
  if (!root) return
  const cards = [...root.querySelectorAll<HTMLElement>('[data-message]')]
  const at = cards.findIndex((card) => card.contains(document.activeElement))
  const first = at === -1 ? cards.findLast((card) => card.offsetTop <= root.scrollTop + AIR + 1) ?? cards[0] : cards[Math.max(0, Math.min(cards.length - 1, at + by))]
  first?.focus({ preventScroll: true })
  first?.scrollIntoView({ block: first.offsetHeight > root.clientHeight ? 'start' : 'nearest' })
}

import { joinSlots } from '../../../sla/calendars/model.ts'
import type { Hours, Slot } from '../../../sla/model.ts'

/** Hours as one writes them, and slots as one draws them. */

export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
export const DAY_MINUTES = 1_440
const STEP = 15

export const clockWords = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
export const hoursWords = (hours: readonly Hours[]): string => hours.map(({ from, to }) => `${clockWords(from)}–${clockWords(to)}`).join(', ')

/** `9-12, 13:30-17` as hours; nothing when the day is closed; null for what cannot be read. */
export function readHours(text: string): Hours[] | null {
  const plain = text.trim().toLowerCase()
  if (plain === '' || plain === 'closed') return []
  const parts = plain.split(/[,;]/).map((part) => /^\s*(\d{1,2})(?:[:.h](\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?:[:.h](\d{2}))?\s*$/.exec(part))
  const hours = parts.map((part) => part && { from: Number(part[1]) * 60 + Number(part[2] ?? 0), to: Number(part[3]) * 60 + Number(part[4] ?? 0) })
  const read = hours.filter((part) => part !== null)
  return read.length < hours.length || read.some(({ from, to }) => from >= to || to > DAY_MINUTES) ? null : read
}

export const slotsOf = (slots: readonly Slot[], day: number): Slot[] => slots.filter((slot) => slot.day === day)
export const withDay = (slots: readonly Slot[], day: number, hours: readonly Hours[]): Slot[] => joinSlots([...slots.filter((slot) => slot.day !== day), ...hours.map((each) => ({ day, from: each.from, to: each.to }))])

/** One day's hours on other days too. */
export const copyDay = (slots: readonly Slot[], from: number, to: readonly number[]): Slot[] => to.reduce((sofar, day) => withDay(sofar, day, slotsOf(slots, from)), [...slots])

export const snapped = (minutes: number): number => Math.min(DAY_MINUTES, Math.max(0, Math.round(minutes / STEP) * STEP))

/** What a drag or a key does to a slot: the whole of it moves, or one end does. Never beyond the day, never shorter than a step. */
export function moved(slot: Slot, what: 'whole' | 'from' | 'to', by: number): Slot {
  if (what === 'whole') {
    const shift = Math.min(DAY_MINUTES - slot.to, Math.max(-slot.from, by))
    return { ...slot, from: slot.from + shift, to: slot.to + shift }
  }
  if (what === 'from') return { ...slot, from: Math.max(0, Math.min(slot.to - STEP, slot.from + by)) }
  return { ...slot, to: Math.min(DAY_MINUTES, Math.max(slot.from + STEP, slot.to + by)) }
}

/** A slot that is drawn from one point to another. */
export function drawn(day: number, start: number, end: number): Slot {
  const [from, to] = [snapped(Math.min(start, end)), snapped(Math.max(start, end))]
  return to > from ? { day, from, to } : { day, from: Math.min(from, DAY_MINUTES - STEP), to: Math.min(from, DAY_MINUTES - STEP) + STEP }
}

/** Hours a week, as `37 h 30 min`. */
export const minutesOf = (slots: readonly Hours[]): number => slots.reduce((sum, { from, to }) => sum + to - from, 0)

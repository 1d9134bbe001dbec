import { cell } from '../cell.ts'
import { decide, doubleKeys, firesWhileTyping, written, type Command, type Placed } from './model.ts'

interface Registration { rank: number; commands: readonly Command[] }

const registrations = cell<readonly Registration[]>([])
/** Presses of a sequence that has begun: `g` of `g i`. */
export const begun = cell<readonly string[]>([])
/** What the palette is asked to show; null while it is closed. */
export const asked = cell<Command | 'all' | null>(null)
export const helpOpen = cell(false)
const recent = cell<readonly string[]>([])

export const isMac = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
const SEQUENCE_MS = 1_500
let lastRank = 0

/** Given while drawing: outer components draw first, so what lies further inside, or came later, has the greater rank. */
export const nextRank = () => ++lastRank

export function register(entry: Registration): () => void {
  const doubled = doubleKeys(entry.commands)
  if (doubled.length > 0) console.error(`commands: ${doubled.join('; ')}`)
  registrations.set((now) => [...now, entry])
  return () => registrations.set((now) => now.filter((other) => other !== entry))
}

export const registeredCommands = registrations

/** Dialogs lie over everything that was there before them. */
const barriers = new Set<number>()
export function raiseBarrier(rank: number): () => void {
  barriers.add(rank)
  return () => void barriers.delete(rank)
}

/** The commands that can be done now, the innermost first; of several with one id only the innermost. */
export function availableCommands(from: Element | null = document.activeElement): Command[] {
  const seen = new Set<string>()
  return placedNow(from).sort((a, b) => b.rank - a.rank).map(({ command }) => command).filter(({ id }) => !seen.has(id) && seen.add(id))
}

function placedNow(from: Element | null): Placed[] {
  const floor = Math.max(0, ...barriers)
  const scopes = scopesAround(from)
  return registrations.get().flatMap(({ rank, commands }) => (rank < floor ? [] : commands.flatMap((command) => {
    if (command.when && !command.when()) return []
    const nearness = command.scope === undefined ? -1 : scopes.indexOf(command.scope)
    return [{ command, rank: nearness === -1 ? rank : lastRank * (2 + scopes.length - nearness) + rank }]
  })))
}

/** The names of the parts of the screen that the focus lies in, the nearest first. */
function scopesAround(element: Element | null): string[] {
  const scopes: string[] = []
  for (let at = element?.closest('[data-scope]'); at; at = at.parentElement?.closest('[data-scope]')) scopes.push(at.getAttribute('data-scope') ?? '')
  return scopes
}

/** Does a command, or opens its picker. @returns whether there is one with this id that can be done now. */
export function runCommand(id: string): boolean {
  const command = availableCommands().find((candidate) => candidate.id === id)
  if (command) run(command)
  return command !== undefined
}

export function run(command: Command): void {
  if (!command.hidden) recent.set((now) => [command.id, ...now.filter((id) => id !== command.id)].slice(0, 6))
  if (command.choices) asked.set(command)
  else command.perform?.()
}

export const recentCommands = recent

/** Answers the keyboard, from the moment that the program starts. */
export function listenToKeys(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const forget = () => { clearTimeout(timer); begun.set([]) }
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || MODIFIERS.has(event.key)) return
    const press = written({ key: event.key, code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, shiftKey: event.shiftKey, altGraph: event.getModifierState('AltGraph') }, isMac)
    const target = event.target instanceof Element ? event.target : null
    if (holdsKeys(target) && !firesWhileTyping(press)) return forget()
    const placed = placedNow(target)
    const together = decide(placed, [...begun.get(), press])
    const { run: command, waits } = together.run || together.waits ? together : decide(placed, [press])
    const presses = together.run || together.waits ? [...begun.get(), press] : [press]
    forget()
    if (!command && !waits) return
    event.preventDefault()
    if (command) return run(command)
    begun.set(presses)
    timer = setTimeout(forget, SEQUENCE_MS)
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'CapsLock'])
const NOT_TEXT = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color'])

/** Whether the element takes letters for itself: text fields, and menus and lists that one types ahead in. */
function holdsKeys(element: Element | null): boolean {
  if (!element) return false
  if (element instanceof HTMLInputElement) return !NOT_TEXT.has(element.type)
  return element.closest('textarea, select, [contenteditable=""], [contenteditable="true"], [role="menu"], [role="listbox"]:not([data-list])') !== null
}

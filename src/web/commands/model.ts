import type { Icon } from '../room.ts'

/** A thing that can be chosen in the palette once a command has asked for it: an agent to assign to, a status to go to. */
export interface Choice {
  id: string
  name: string
  icon?: Icon
  /** Quiet words beside the name. */
  detail?: string
  /** It is so already. */
  current?: boolean
  /** Choosing leads to a further choice. */
  choices?: Choices
  perform?(): void
}

/** Asked for when the picker opens, so a list may come from the server. */
export type Choices = () => readonly Choice[] | Promise<readonly Choice[]>

/** Something that can be done, as data: palette, keys, menus and the help screen are made from it. */
export interface Command {
  /** `room.verb`: `case.reply`. */
  id: string
  name: string
  /** Any of these: `r`, `mod+Enter`, `shift+t`, or keys one after the other: `g i`. `mod` is Ctrl, on a Mac the command key. */
  keys?: readonly string[]
  /** The part of the screen that it belongs to; where the focus lies inside of `data-scope`, that part's commands come first. */
  scope?: string
  /** Whether it can be done now; what cannot is in no palette, and its key does nothing. */
  when?(): boolean
  icon?: Icon
  /** The heading under which palette and help show it. */
  section?: string
  /** Further words by which the palette finds it. */
  words?: string
  /** Works by its key, and stands only in the help. */
  hidden?: boolean
  /** Opens a picker in the palette instead of acting at once. */
  choices?: Choices
  /** What the picker offers besides for letters of which it knows nothing: a new tag. Without a picker: what is offered for letters among all commands. */
  typed?(letters: string): Choice | null
  /** What the picker asks: "Assign to ...". */
  question?: string
  perform?(): void
}

/** What of a keyboard event matters here. */
export interface Press {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  /** AltGr, which some systems report as Ctrl+Alt, writes characters. */
  altGraph?: boolean
}

/** How a press is written in `keys`. Letters of other scripts count as the key that they lie on, so Cyrillic or Devanagari keyboards work too. */
export function written(press: Press, mac: boolean): string {
  const plain = press.altGraph ? { ...press, ctrlKey: false, altKey: false } : press
  const key = nameOf(plain)
  const mod = mac ? plain.metaKey : plain.ctrlKey
  const shift = plain.shiftKey && (key.length > 1 || /[a-z0-9]/.test(key))
  return [...(mod ? ['mod'] : []), ...(plain.altKey ? ['alt'] : []), ...(shift ? ['shift'] : []), key].join('+')
}

function nameOf({ key, code }: Press): string {
  if (key === ' ') return 'Space'
  if (key.length > 1) return key
  if (/^[\x21-\x7e]$/.test(key)) return key.toLowerCase()
  return /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? /^Digit(\d)$/.exec(code)?.[1] ?? key.toLowerCase()
}

/** While somebody writes, letters are letters: only presses with mod, and Escape, are commands. */
export const firesWhileTyping = (press: string) => press === 'Escape' || press.startsWith('mod+')

/** How far presses go into a binding: `full` when they are all of it, `part` when more must follow. */
export function matches(binding: string, presses: readonly string[]): 'full' | 'part' | null {
  const wanted = binding.split(' ')
  if (presses.length > wanted.length || presses.some((press, index) => press !== wanted[index])) return null
  return presses.length === wanted.length ? 'full' : 'part'
}

/** A command with its place: a greater `rank` lies further inside. */
export interface Placed { command: Command; rank: number }

/** The innermost command whose keys are these presses, and whether a longer one could follow. */
export function decide(placed: readonly Placed[], presses: readonly string[]): { run: Command | null; waits: boolean } {
  const outcomes = [...placed].sort((a, b) => b.rank - a.rank).map(({ command }) => ({ command, how: best((command.keys ?? []).map((keys) => matches(keys, presses))) }))
  return { run: outcomes.find(({ how }) => how === 'full')?.command ?? null, waits: outcomes.some(({ how }) => how === 'part') }
}

const best = (how: readonly ('full' | 'part' | null)[]) => (how.includes('full') ? 'full' : how.includes('part') ? 'part' : null)

/** Keys that two commands of one scope both want: a mistake, shown while developing and refused by a test. */
export function doubleKeys(commands: readonly Command[]): string[] {
  const taken = new Map<string, string>()
  return commands.flatMap((command) => (command.keys ?? []).flatMap((keys) => {
    const place = `${command.scope ?? ''}: ${keys}`
    const other = taken.get(place)
    taken.set(place, command.id)
    return other !== undefined && other !== command.id ? [`${place} is wanted by ${other} and ${command.id}`] : []
  }))
}

/** How keys are shown: `mod+Enter` as `Ctrl` `Enter`, or `⌘` `↵` on a Mac. Each inner list is pressed together, one list after the other. */
export function shown(keys: string, mac: boolean): string[][] {
  const words = mac ? MAC : OTHER
  return keys.split(' ').map((press) => press.split(/\+(?=.)/).map((part) => words[part] ?? NAMES[part] ?? part.toUpperCase()))
}

const MAC: Record<string, string> = { mod: '⌘', alt: '⌥', shift: '⇧', Enter: '↵', Backspace: '⌫' }
const OTHER: Record<string, string> = { mod: 'Ctrl', alt: 'Alt', shift: 'Shift', Enter: 'Enter', Backspace: 'Backspace' }
const NAMES: Record<string, string> = {
  Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Space: 'Space', Home: 'Home', End: 'End', PageUp: 'Page up', PageDown: 'Page down', Delete: 'Del', Tab: 'Tab',
}

/** The same as one text, for aria-keyshortcuts (WAI-ARIA 1.2), which knows no sequences. */
export const ariaKeys = (keys: string, mac: boolean): string | undefined =>
  (keys.includes(' ') ? undefined : keys.replace('mod', mac ? 'Meta' : 'Control').replace('alt', 'Alt').replace('shift', 'Shift'))

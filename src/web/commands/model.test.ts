import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ariaKeys, decide, doubleKeys, firesWhileTyping, matches, shown, written, type Command, type Press } from './model.ts'

const press = (key: string, more: Partial<Press> = {}): Press => ({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more })

describe('how a press is written', () => {
  test.each<[string, Press, boolean, string]>([
    ['a letter', press('r'), false, 'r'],
    ['a letter with Caps Lock', press('R'), false, 'r'],
    ['a letter with Shift', press('T', { shiftKey: true }), false, 'shift+t'],
    ['a sign that needs Shift on some keyboards', press('?', { shiftKey: true }), false, '?'],
    ['a sign that needs none on others', press('?'), false, '?'],
    ['Ctrl on Linux and Windows', press('k', { ctrlKey: true }), false, 'mod+k'],
    ['the command key on a Mac', press('k', { metaKey: true }), true, 'mod+k'],
    ['Ctrl on a Mac is not mod', press('k', { ctrlKey: true }), true, 'k'],
    ['Ctrl and Shift', press('L', { ctrlKey: true, shiftKey: true }), false, 'mod+shift+l'],
    ['Ctrl and Enter', press('Enter', { ctrlKey: true }), false, 'mod+Enter'],
    ['Shift and Enter', press('Enter', { shiftKey: true }), false, 'shift+Enter'],
    ['the space bar', press(' '), false, 'Space'],
    ['AltGr writes a sign', press('[', { ctrlKey: true, altKey: true, altGraph: true }), false, '['],
    ['a Cyrillic keyboard', press('к', { code: 'KeyR' }), false, 'r'],
    ['a Devanagari keyboard', press('ी', { code: 'KeyR' }), false, 'r'],
    ['a digit of another script', press('१', { code: 'Digit1' }), false, '1'],
    ['an arrow', press('ArrowDown'), false, 'ArrowDown'],
  ])('%s', (_name, given, mac, text) => expect(written(given, mac)).toBe(text))
})

test('while somebody writes, only Escape and presses with mod are commands', () => {
  expect(['Escape', 'mod+Enter', 'mod+k'].every(firesWhileTyping)).toBe(true)
  expect(['r', '?', 'shift+t', 'Enter', 'ArrowDown'].some(firesWhileTyping)).toBe(false)
})

test.each<[string, string[], 'full' | 'part' | null]>([
  ['r', ['r'], 'full'], ['r', ['n'], null], ['g i', ['g'], 'part'], ['g i', ['g', 'i'], 'full'], ['g i', ['i'], null], ['g i', ['g', 'x'], null], ['r', ['g', 'r'], null],
])('%s after %j is %s', (binding, presses, how) => expect(matches(binding, presses)).toBe(how))

const command = (id: string, keys: string[], more: Partial<Command> = {}): Command => ({ id, name: id, keys, perform: () => {}, ...more })

describe('which command a press means', () => {
  const outer = command('list.open', ['Enter', 'o'])
  const inner = command('case.solve', ['o', 'g s'])
  const placed = [{ command: outer, rank: 1 }, { command: inner, rank: 5 }]
  test('the innermost wins', () => expect(decide(placed, ['o']).run?.id).toBe('case.solve'))
  test('what the inner one leaves goes to the outer', () => expect(decide(placed, ['Enter']).run?.id).toBe('list.open'))
  test('the first press of a sequence waits', () => expect(decide(placed, ['g'])).toEqual({ run: null, waits: true }))
  test('a whole sequence runs', () => expect(decide(placed, ['g', 's']).run?.id).toBe('case.solve'))
  test('nothing fits', () => expect(decide(placed, ['y'])).toEqual({ run: null, waits: false }))
  test('the order in which they were registered does not matter, only how far inside they lie', () => fc.assert(fc.property(
    fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 }), (ranks) => {
      const all = ranks.map((rank) => ({ command: command(String(rank), ['o']), rank }))
      expect(decide(all, ['o']).run?.id).toBe(String(Math.max(...ranks)))
    },
  )))
})

test('two commands of one scope that want one key are found; of two scopes they are not', () => {
  expect(doubleKeys([command('a', ['r']), command('b', ['r'])])).toEqual([': r is wanted by a and b'])
  expect(doubleKeys([command('a', ['r'], { scope: 'list' }), command('b', ['r'], { scope: 'case' })])).toEqual([])
  expect(doubleKeys([command('a', ['r', 'r'])])).toEqual([])
})

test('keys as caps', () => {
  expect(shown('mod+Enter', false)).toEqual([['Ctrl', 'Enter']])
  expect(shown('mod+Enter', true)).toEqual([['⌘', '↵']])
  expect(shown('g i', false)).toEqual([['G'], ['I']])
  expect(shown('Escape', false)).toEqual([['Esc']])
  expect(shown('+', false)).toEqual([['+']])
})

test('keys for aria-keyshortcuts, which has no sequences', () => {
  expect(ariaKeys('mod+Enter', false)).toBe('Control+Enter')
  expect(ariaKeys('g i', false)).toBeUndefined()
})

import { describe, expect, test } from 'vitest'
import { silentExports } from './form/doors.ts'
import { filesUnder, readSources, sourceOf } from './form/source.ts'
import { untidy } from './form/tidy.ts'

test('every file of the repository keeps the rules of form', () => {
  const sources = readSources()
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.flatMap(untidy)).toEqual([])
})

test('whatever leaves a room is explained where it is declared', () => {
  expect(silentExports(readSources())).toEqual([])
})

test('migrations are numbered, each number once, and say why first', () => {
  const names = filesUnder('migrations', /./).map((path) => path.slice('migrations/'.length)).filter((name) => name !== 'tables.ts')
  expect(names.filter((name) => !/^\d{4}_[a-z][a-z0-9_]*\.sql$/.test(name))).toEqual([])
  expect(new Set(names.map((name) => name.slice(0, 4))).size).toBe(names.length)
})

const lines = (count: number) => Array.from({ length: count }, (_, index) => `export const line${index} = ${index}`).join('\n')
const body = (count: number) => Array.from({ length: count }, (_, index) => `  count += ${index}`).join('\n')
const check = (text: string, path = 'src/desk/service.ts') => untidy(sourceOf(path, text))

describe('a planted violation is found', () => {
  test.each<[string, string[], RegExp]>([
    ['a file of 301 lines', [lines(301)], /^src\/desk\/service\.ts:1 301 lines/],
    ['a function of 61 lines', [`export function long() {\n  let count = 0\n${body(58)}\n}`], /:1 a function of 61 lines/],
    ['an arrow function of 61 lines', [`\nexport const long = () => {\n  let count = 0\n${body(58)}\n}`], /:2 a function of 61 lines/],
    ['a method of 61 lines', [`export class Long {\n  run() {\n  let count = 0\n${body(58)}\n}\n}`], /:2 a function of 61 lines/],
    ['an entry of a table, of 61 lines', [`export const table = () => ({\n  run: () => {\n  let count = 0\n${body(58)}\n},\n})`], /:2 a function of 61 lines/],
    ['any', ['export const loose = (value: any) => value'], /any$/],
    ['any inside a type', ['export type Loose = Record<string, any>'], /any$/],
    ['a cast', ['\n\nexport const name = (value: unknown) => value as string'], /:3 a cast/],
    ['a cast in angle brackets', ['export const name = (value: unknown) => <string>value'], /a cast/],
    ['a door that exports everything', [`export * from './service.ts'`], /export \*/],
    ['an import without an ending', [`import { save } from './store'`], /does not end in \.ts/],
    ['an export without an ending', [`export { save } from './store'`], /does not end in \.ts/],
  ])('%s', (_name, [text], complaint) => {
    const findings = check(text!)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatch(complaint)
  })

  test.each(['utils', 'helpers', 'common', 'shared', 'types', 'misc'])('a file or a folder called %s', (name) => {
    expect(check('', `src/desk/${name}.ts`)).toHaveLength(1)
    expect(check('', `src/desk/${name}/case.ts`)).toHaveLength(1)
    expect(check('', `src/desk/ui/${name}.test.tsx`)).toHaveLength(1)
  })

  test('an export of a door without a doc comment', () => {
    const door = sourceOf('src/desk/index.ts', `export { assign, explained, statuses, deskRoutes, type Case } from './service.ts'`)
    const place = sourceOf('src/desk/service.ts', `export function assign() {}\n/** Why. */\nexport const explained = () => 1\nexport const statuses = [1]\nexport const deskRoutes = () => ({})\nexport interface Case {}`)
    expect(silentExports([door, place])).toEqual(['src/desk/service.ts:1 assign leaves the room without a doc comment'])
  })
})

test('what the rules allow is left in peace', () => {
  expect(check(lines(300))).toEqual([])
  expect(check(`export function long() {\n  let count = 0\n${body(57)}\n}`)).toEqual([])
  expect(check(`export const table = () => ({\n${Array.from({ length: 80 }, (_, index) => `  verb${index}: () => ${index},`).join('\n')}\n})`)).toEqual([])
  expect(check(`describe('much', () => {\n${Array.from({ length: 80 }, (_, index) => `  test('${index}', () => {})`).join('\n')}\n})`, 'src/desk/service.test.ts')).toEqual([])
  expect(check(`export const words = ['a', 'b'] as const\nexport { type Case as Matter } from './model.ts'\nimport * as React from 'react'\n// any helpers as string`)).toEqual([])
  expect(check('export type Loose = any', 'migrations/tables.ts')).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { brokenArrows } from './form/arrows.ts'
import { readSources, sourceOf } from './form/source.ts'

test('every import of the repository follows the house plan', () => {
  const sources = readSources()
  expect(sources.length).toBeGreaterThan(50)
  expect(brokenArrows(sources)).toEqual([])
})

/** Small houses, each of `path: text`; what the map says about them. */
const complaintsOf = (files: Record<string, string>) => brokenArrows(Object.entries(files).map(([path, text]) => sourceOf(path, text)))

describe('a planted violation is found', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['up a floor', { 'src/people/service.ts': `import { assign } from '#desk'` }, /^src\/people\/service\.ts:1 goes up: people imports #desk/],
    ['up a floor, as a type', { 'src/platform/feed.ts': `import type { Case } from '#desk'` }, /goes up/],
    ['up a floor, by re-export', { 'src/accounts/index.ts': `\nexport { assign } from '#desk'` }, /:2 goes up/],
    ['up a floor, at run time', { 'src/desk/load.ts': `const late = await import('#channels')` }, /goes up/],
    ['sideways on a floor', { 'src/people/store.ts': `import { find } from '#accounts'` }, /goes sideways/],
    ['sideways between the two of the ground', { 'src/language/tokens.ts': `import { newId } from '#platform'` }, /goes sideways/],
    ['past a door', { 'src/desk/service.ts': `import { save } from '../people/store.ts'` }, /goes past the door of people/],
    ['past a door from a test', { 'src/desk/service.test.ts': `import { save } from '../people/store.ts'` }, /goes past the door/],
    ['out of its own door', { 'src/desk/service.ts': `import { assign } from '#desk'` }, /its own door/],
    ['to no room', { 'src/desk/service.ts': `import { assign } from '#planning'` }, /no room of the house/],
    ['out of the house', { 'src/desk/service.ts': `import { readCases } from '../../bench/cases.ts'` }, /leaves the house/],
    ['a file in no room', { 'src/extra/thing.ts': `import 'pg'` }, /belongs to no room/],
    ['a file beside the entries', { 'src/wires.ts': `import { openDatabase } from '#platform'` }, /none of the entries/],
    ['the wiring past a door', { 'src/wire.ts': `import { save } from './desk/store.ts'` }, /goes past the door of desk/],
    ['a room that knows the wiring', { 'src/desk/service.ts': `import { openRooms } from '../wire.ts'` }, /imports the entry/],
    ['an entry past a door', { 'src/main.ts': `import { save } from './desk/store.ts'` }, /goes past the door of desk/],
    ['a room that knows an entry', { 'src/desk/service.ts': `import { ready } from '../main.ts'` }, /imports the entry/],
    ['a room that knows the sample centre', { 'src/desk/service.ts': `import { fill } from '#demo'` }, /only the entries/],
    ['the frame knows a room', { 'src/web/shell.tsx': `import { CaseView } from '#desk'` }, /knows no room/],
    ['the frame knows a room, as a type', { 'src/web/shell.tsx': `import type { CaseView } from '#desk'` }, /knows no room/],
    ['the frame knows the ground', { 'src/web/shell.tsx': `import type { ApiOf } from '#platform'` }, /knows no room/],
    ['the server imports the frame', { 'src/desk/routes.ts': `import { shell } from '#web'` }, /only screens/],
    ['the browser\'s entry imports a service', { 'src/screens.tsx': `import { assign } from './desk/service.ts'` }, /no screen/],
    ['a screen imports a service', { 'src/desk/ui/list.tsx': `import { assign } from '../service.ts'` }, /a screen imports/],
    ['a screen imports routes as a value', { 'src/desk/ui/list.tsx': `import { deskRoutes } from '../routes.ts'` }, /a screen imports/],
    ['a screen imports types of a store', { 'src/desk/ui/list.tsx': `import type { Row } from '../store.ts'` }, /a screen imports types of/],
    ['a screen imports a lower room as a value', { 'src/desk/ui/list.tsx': `import { agents } from '#people'` }, /runs in the browser too/],
    ['a service imports a screen', { 'src/desk/service.ts': `import { List } from './ui/list.tsx'` }, /imports the screen/],
    ['a model imports from Node', { 'src/desk/model.ts': `import { createHash } from 'node:crypto'` }, /runs in the browser too/],
    ['a model imports a driver', { 'src/desk/cases/model.ts': `import pg from 'pg'` }, /runs in the browser too/],
    ['a model imports a door as a value', { 'src/desk/model.ts': `import { newId } from '#platform'` }, /runs in the browser too/],
    ['program code imports a test\'s kit', { 'src/desk/service.ts': `import { scene } from './testing/scene.ts'` }, /is for tests/],
    ['the tables as a value', { 'src/desk/store.ts': `import { DB } from '#tables'` }, /#tables as a value/],
  ])('%s', (_name, files, complaint) => {
    const complaints = complaintsOf(files)
    expect(complaints).toHaveLength(1)
    expect(complaints[0]).toMatch(complaint)
  })

  const kinds = ['routes', 'jobs', 'service', 'policy', 'store', 'refusals', 'model']
  const may: Record<string, string[]> = {
    routes: ['service', 'policy', 'store', 'refusals', 'model'], jobs: ['service', 'policy', 'store', 'refusals', 'model'],
    service: ['policy', 'store', 'refusals', 'model'], policy: ['refusals', 'model'], store: ['refusals', 'model'], refusals: [], model: [],
  }
  const pairs = kinds.flatMap((from) => kinds.filter((to) => to !== from).map((to): [string, string, boolean] => [from, to, may[from]!.includes(to)]))
  test.each(pairs)('inside a room, %s -> %s is allowed: %s', (from, to, allowed) => {
    const target = { [`src/desk/${to}.ts`]: 'export const thing = 1' }
    expect(complaintsOf({ [`src/desk/${from}.ts`]: `import { thing } from './${to}.ts'`, ...target }).length === 0).toBe(allowed)
    const between = { 'src/desk/load.ts': `import { thing } from './${to}.ts'\nexport const load = thing` }
    expect(complaintsOf({ [`src/desk/${from}.ts`]: `import { load } from './load.ts'`, ...between, ...target }).length === 0).toBe(allowed)
  })

  test('a cycle, also of types, once and with its way', () => {
    const found = complaintsOf({
      'src/desk/first.ts': `import { b } from './second.ts'\nexport const a = 1`, 'src/desk/second.ts': `import { c } from './third.ts'\nexport const b = 1`,
      'src/desk/third.ts': `import type { A } from './first.ts'\nexport const c = 1`,
    })
    expect(found).toEqual(['src/desk/first.ts is in a cycle: src/desk/first.ts -> src/desk/second.ts -> src/desk/third.ts -> src/desk/first.ts'])
  })
})

test('what the plan allows is left in peace', () => {
  expect(complaintsOf({
    'src/main.ts': `const { openProgram } = await import('./program.ts')`,
    'src/program.ts': `import { openPlatform } from '#platform'\nimport { openRooms } from './wire.ts'\nimport { builtScreens } from '../scripts/web.ts'`,
    'src/wire.ts': `import { deskRoutes } from '#desk'\nimport { fill } from '#demo'`,
    'src/screens.tsx': `import { screens } from './desk/ui/index.tsx'\nimport { shell } from '#web'\nimport type { DeskApi } from '#desk'`,
    'src/desk/ui/index.tsx': `import { List } from '#web'\nimport { statuses } from '../cases/model.ts'\nimport type { DeskApi } from '../routes.ts'\nimport type { Agent } from '#people'\nimport { Row } from './row.tsx'`,
    'src/desk/cases/store.ts': `import { sql } from 'kysely'\nimport type { DB } from '#tables'\nimport { newId } from '#platform'\nimport { message } from '../messages/store.ts'`,
    'src/desk/cases/store.test.ts': `import { openWorld } from '../../../test/support/world.ts'\nimport { load } from '../service.ts'\nimport { scene } from '../testing/scene.ts'\nimport { open } from '#desk'`,
    'src/channels/service.ts': `import { receive } from '#desk'\nimport { agents } from '#people'\nimport { detect } from '#language'`,
    'src/quality/service.ts': `import { measure } from '#channels'`,
    'src/demo/index.ts': `import { receive } from '#channels'\nimport { rate } from '#quality'`,
    'test/faults/run.ts': `import { startEmbedded } from '../../src/platform/embedded/launcher.ts'`,
  })).toEqual([])
})

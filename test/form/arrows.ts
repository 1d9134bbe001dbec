import { posix } from 'node:path'
import { isTest, type Arrow, type Source } from './source.ts'

/** ARCHITECTURE.md: an import goes down a floor. The lowest floor first; rooms of one floor do not know each other. */
const FLOORS: readonly (readonly string[])[] = [
  ['platform', 'language'],
  ['people', 'accounts'],
  ['desk'],
  ['channels', 'triage', 'knowledge', 'investigations', 'workflows', 'workforce'],
  ['quality', 'process', 'improvement', 'insights'],
]
/** Knows all rooms and is known to the entries only. */
const ROOF = 'demo'
/** The frame of the screens, beside the floors: knows no room. */
const FRAME = 'web'

/** Where all rooms are known: the programs that wire them, and the browser's. */
const ENTRIES = new Set(['src/main.ts', 'src/program.ts', 'src/wire.ts', 'src/token.ts'])
const SCREENS = 'src/screens.tsx'

/** Inside a room: a file may import its own kind and those of a smaller number. Files with other names stand between and are looked through. */
const RANKS: Record<string, number> = { routes: 4, jobs: 4, service: 3, policy: 2, store: 2, refusals: 1, model: 1 }

const ON_THE_SERVER_ONLY = /^(node:|pg$|kysely$|pino$|fastify$|@fastify\/|graphile-worker$|nodemailer$|imapflow$|smtp-server$|mailparser$|openid-client$|prom-client$)/

interface Spot { room: string | null; isUi: boolean; kind: string | null }

/** Every import that goes another way than ARCHITECTURE.md allows, as `path:line why`. */
export function brokenArrows(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  const single = sources.flatMap((source) => source.arrows.flatMap((arrow) => {
    const why = complaint(source.path, arrow)
    return why ? [`${source.path}:${arrow.line} ${why}`] : []
  }))
  return [...single, ...sources.flatMap((source) => wrongOrder(source, byPath)), ...cycles(sources, byPath)]
}

function complaint(path: string, arrow: Arrow): string | null {
  if (!path.startsWith('src/')) return null
  if (path === SCREENS || ENTRIES.has(path)) return fromEntry(path, arrow)
  const from = spotOf(path)
  if (from.room === null) return `${path} belongs to no room, and is none of the entries`
  if (isBrowserCode(path) && !arrow.typeOnly && ON_THE_SERVER_ONLY.test(arrow.specifier)) return `runs in the browser too, and imports ${arrow.specifier}`
  if (arrow.specifier.startsWith('#')) return throughDoor(path, from, from.room, arrow)
  if (!arrow.specifier.startsWith('.')) return null
  return relative(path, from, arrow)
}

function fromEntry(path: string, arrow: Arrow): string | null {
  const target = resolved(path, arrow)
  if (target === null || !target.startsWith('src/')) return null
  const to = spotOf(target)
  if (to.room === null) return null
  if (path === SCREENS) return to.isUi || to.room === FRAME || arrow.typeOnly ? null : `the browser's entry imports ${target}, which is no screen`
  return target === `src/${to.room}/index.ts` ? null : `goes past the door of ${to.room} (import #${to.room})`
}

function throughDoor(path: string, from: Spot, room: string, arrow: Arrow): string | null {
  const to = arrow.specifier.slice(1)
  if (to === 'tables') return arrow.typeOnly ? null : 'imports #tables as a value; it holds only types'
  if (!isRoom(to)) return `${arrow.specifier} is no room of the house`
  if (to === room) return isTest(path) || room === FRAME ? null : `goes out of its own door (${arrow.specifier}); inside a room, import the file`
  if (to === FRAME) return from.isUi || room === ROOF ? null : 'only screens import #web'
  if (room === FRAME) return `the frame of the screens knows no room, and imports ${arrow.specifier}`
  if (room === ROOF) return null
  if (to === ROOF) return 'only the entries know the sample centre'
  if (isBrowserCode(path) && !arrow.typeOnly) return `runs in the browser too, and imports ${arrow.specifier} as more than types`
  const [here, there] = [floorOf(room), floorOf(to)]
  if (there > here) return `goes up: ${room} imports ${arrow.specifier}`
  return there === here ? `goes sideways: ${room} imports ${arrow.specifier}` : null
}

function relative(path: string, from: Spot, arrow: Arrow): string | null {
  const target = resolved(path, arrow) ?? ''
  if (!target.startsWith('src/')) return isTest(path) ? null : `leaves the house for ${target}`
  const to = spotOf(target)
  if (ENTRIES.has(target) || target === SCREENS) return isTest(path) ? null : `imports the entry ${target}`
  if (to.room !== from.room) return `goes past the door of ${to.room} (${arrow.specifier})`
  if (isTest(path) || isTest(target)) return isTest(path) ? null : `imports ${target}, which is for tests`
  if (from.isUi && !to.isUi && to.kind !== 'model' && !arrow.typeOnly && from.room !== FRAME) return `a screen imports ${target}; of its room it knows model.ts, and types`
  if (from.isUi && !to.isUi && !['model', 'routes'].includes(to.kind ?? '') && from.room !== FRAME) return `a screen imports types of ${target}; it knows model.ts and routes.ts`
  return !from.isUi && to.isUi && from.room !== FRAME ? `imports the screen ${target}` : null
}

/** Through files of other names too: a model that reaches a store by way of load.ts knows the store. A sub-room's door ends the search. */
function wrongOrder(source: Source, byPath: ReadonlyMap<string, Source>): string[] {
  const from = spotOf(source.path)
  const rank = RANKS[from.kind ?? '']
  if (rank === undefined || from.isUi || isTest(source.path)) return []
  return source.arrows.flatMap((arrow) => {
    const target = resolved(source.path, arrow)
    // A type that an unranked file makes up of everything is known without what it is made of.
    if (arrow.typeOnly && spotOf(target ?? '').kind === null) return []
    const wrong = reached(target, from, byPath, new Set()).find(({ kind }) => kind !== from.kind && (RANKS[kind] ?? 0) >= rank)
    return wrong ? [`${source.path}:${arrow.line} ${from.kind} reaches ${wrong.path}; routes, jobs -> service -> policy, store -> model`] : []
  })
}

function reached(path: string | null, from: Spot, byPath: ReadonlyMap<string, Source>, seen: Set<string>): { path: string; kind: string }[] {
  const source = path === null ? undefined : byPath.get(path)
  if (!source || seen.has(source.path)) return []
  seen.add(source.path)
  const to = spotOf(source.path)
  if (to.room !== from.room || source.path.endsWith('/index.ts')) return []
  if (to.kind !== null) return [{ path: source.path, kind: to.kind }]
  return source.arrows.filter((arrow) => !arrow.typeOnly).flatMap((arrow) => reached(resolved(source.path, arrow), from, byPath, seen))
}

/** Each cycle once, from its first file in alphabetical order; types count too, since a reader goes round them as well. */
function cycles(sources: readonly Source[], byPath: ReadonlyMap<string, Source>): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (path: string, way: readonly string[]) => {
    if (way.includes(path)) return void found.push(`${path} is in a cycle: ${[...way.slice(way.indexOf(path)), path].join(' -> ')}`)
    if (done.has(path)) return
    for (const arrow of byPath.get(path)?.arrows ?? []) {
      const target = resolved(path, arrow)
      if (target !== null && byPath.has(target)) visit(target, [...way, path])
    }
    done.add(path)
  }
  for (const source of sources) visit(source.path, [])
  return found
}

/** The file that a specifier of ours names, from the repository's root; null for packages. */
function resolved(path: string, { specifier }: Arrow): string | null {
  if (specifier === '#tables') return 'migrations/tables.ts'
  if (specifier.startsWith('#')) return `src/${specifier.slice(1)}/index.ts`
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : null
}

function spotOf(path: string): Spot {
  const parts = path.split('/')
  const room = parts[0] === 'src' && parts.length > 2 && isRoom(parts[1] ?? '') ? (parts[1] ?? null) : null
  const name = parts.at(-1) ?? ''
  const kind = /^(\w+)\.tsx?$/.exec(name)?.[1] ?? ''
  return { room, isUi: parts.includes('ui'), kind: kind in RANKS ? kind : null }
}

const floorOf = (room: string) => FLOORS.findIndex((floor) => floor.includes(room))
const isRoom = (name: string) => floorOf(name) !== -1 || name === ROOF || name === FRAME
const isBrowserCode = (path: string) => !isTest(path) && (/\/ui\/|\/model\.ts$/.test(path) || (path.startsWith(`src/${FRAME}/`)))

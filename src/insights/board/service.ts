import type { Db, Whereabouts } from '#platform'
import type { AtHand, AtWork, HourCell } from './model.ts'
import { once, onceEach } from './once.ts'
import { openPlaces, type Where } from './places.ts'
import { PAST_DAYS, readAtHand, readAtWork, readHours, readLooked, readPlaces, readToday, type Looked, type Named } from './store.ts'

/** What is true of the centre in this second, whoever asks. */
export interface Snapshot {
  at: Date
  atHand: AtHand[]
  atWork: AtWork[]
  on: ReadonlyMap<string, readonly Where[]>
  looked: ReadonlyMap<number, Looked>
  places: { sites: Named[]; teams: Named[]; queues: Named[] }
}

export interface Day {
  from: Date
  date: string
  hour: number
  cells: HourCell[]
}

export interface Boards {
  snapshot(): Promise<Snapshot>
  /** Today in a zone, with the days that it is compared with. */
  day(zone: string): Promise<Day>
}

export interface BoardsOptions {
  db: Db
  whereabouts: Pick<Whereabouts, 'onChange'>
  now: () => Date
}

const SECOND_MS = 1_000
const PLACES_MS = 3_000
const PAST_MS = 600_000
const ZONES_KEPT = 40

/** Opens this instance's view of the centre: read once a second at most, however many boards are open. */
export function openBoards({ db, whereabouts, now }: BoardsOptions): Boards {
  const whoIsWhere = openPlaces(whereabouts)
  const places = once(PLACES_MS, () => readPlaces(db))
  // Keyed by the date too: at midnight another day is yesterday.
  const past = onceEach(PAST_MS, ZONES_KEPT, (key) => readHours(db, key.slice(key.indexOf(' ') + 1), now(), PAST_DAYS))
  const today = onceEach(SECOND_MS, ZONES_KEPT, (zone) => readHours(db, zone, now(), [0]))
  return {
    snapshot: once(SECOND_MS, async () => {
      const at = now()
      const [atHand, atWork, named] = await Promise.all([readAtHand(db, at), readAtWork(db), places()])
      const on = whoIsWhere()
      const numbers = new Set([...on.values()].flatMap((where) => where.map(({ number }) => number)))
      const looked = new Map<number, Looked>(atHand.filter(({ number }) => numbers.has(number)).map(({ number, subject, queueId }) => [number, { number, subject, queueId }]))
      for (const found of await readLooked(db, [...numbers].filter((number) => !looked.has(number)))) looked.set(found.number, found)
      return { at, atHand, atWork, on, looked, places: named }
    }),
    day: async (zone) => {
      const { from, date, hour } = await readToday(db, zone, now())
      const [before, since] = await Promise.all([past(`${date} ${zone}`), today(zone)])
      return { from, date, hour, cells: [...before, ...since] }
    },
  }
}

import type { IncomingMessage } from '#desk'
import { system, type Db, type Files, type Perform } from '#platform'
import { DAY_MS } from './plan/hours.ts'
import { DAYS } from './plan/arrivals.ts'
import { makePlan, type Plan } from './plan/plan.ts'
import { playAttention } from './play/attention.ts'
import { raiseCast, settleCast } from './play/cast.ts'
import { playBound } from './play/bound.ts'
import { playCases } from './play/cases.ts'
import { writeMacros } from './play/macros.ts'
import { makePromises } from './play/promises.ts'
import { writeRules } from './play/rules.ts'
import { saveViews } from './play/views.ts'
import { setUpRouting } from './play/routing.ts'
import { statement } from './material/statement.ts'
import { noDemo, type Demo } from './model.ts'
import playbooks from './playbooks.json' with { type: 'json' }
import { removeSampleCentre } from './service.ts'
import { alone, findDemo, nothingThere, saveDemo } from './store.ts'

export interface LoadOptions {
  db: Db
  perform: Perform
  files: Files
  /** The instant up to which the sample centre has been at work. */
  now: Date
  /** Gets a line about the progress now and then. */
  say(line: string): void
  cases?: number
  accounts?: number
  seed?: string
}

const CASES = 2_000
const ACCOUNTS = 300
const AT_ONCE = 12
const SAY_EVERY = 400

/** Whether the sample centre may be loaded: nothing is there, and none was ever loaded and removed. */
export const isEmpty = async (db: Db): Promise<boolean> => (await findDemo(db)).state === 'absent' && nothingThere(db)

/**
 * Loads the sample centre: every case of it by the rooms' own verbs, each at its own instant of the last sixty days. Into a database that
 * holds anything it loads nothing; one whose loading was interrupted is taken out and loaded anew.
 * @returns the number of cases; null when nothing was loaded.
 */
export const loadSampleCentre = (options: LoadOptions): Promise<number | null> => alone(options.db, async () => {
  const { db, perform, say } = options
  if ((await findDemo(db)).state === 'loading') {
    say('sample centre: its loading was interrupted, so it begins again')
    await removeSampleCentre(perform)
    await saveDemo(db, noDemo, BY)
  }
  return (await isEmpty(db)) ? load(options) : null
})

const BY = 'system:sample centre'

async function load(options: LoadOptions): Promise<number> {
  const { db, perform, now, say, cases = CASES, accounts = ACCOUNTS, seed = 'meridian' } = options
  const plan = makePlan({ seed, cases, accounts, now })
  const demo: Demo = { ...noDemo, state: 'loading', cases: plan.cases.length }
  await saveDemo(db, demo, BY)
  say(`sample centre: ${inWords(plan.cases.length)} cases of ${inWords(plan.accounts.length)} accounts are being made`)
  const made = await play(plan, options, demo)
  await perform(system('sample centre'), async (work) => {
    await saveDemo(work.tx, { ...made, state: 'loaded', done: plan.cases.length }, BY)
    work.tell('demo', { kind: 'demo.loaded', subject: 'demo:centre', data: { cases: plan.cases.length } })
  })
  return plan.cases.length
}

const inWords = (count: number) => count.toLocaleString('en')

async function play(plan: Plan, { db, perform, files, now, say }: LoadOptions, demo: Demo): Promise<Demo> {
  const cast = await raiseCast(perform, plan, new Date(now.getTime() - (DAYS + 1) * DAY_MS))
  await makePromises(perform, new Date(now.getTime() - (DAYS + 1) * DAY_MS))
  const attachments = await storeAttachments(files)
  const made = { ...demo, queues: [...cast.queues.values()], topics: playbooks.map(({ key }) => key), files: attachments.map(({ sha256 }) => sha256) }
  await saveDemo(db, made, BY)
  await playCases({
    db, perform, cast, cases: plan.cases, attachments, atOnce: AT_ONCE,
    finished: (cases) => { if (cases % SAY_EVERY === 0) say(`sample centre: ${inWords(cases)} of ${inWords(plan.cases.length)} cases`) },
  })
  await playBound({ db, perform, cast, now })
  await settleCast(perform, plan, cast, now)
  await playAttention({ db, perform, cast, now })
  await setUpRouting(perform, cast, now)
  await writeRules(perform, now)
  await writeMacros({ db, perform, cast, at: now })
  await saveViews(perform, cast, now)
  return made
}

/** A few statements that customers attach; contents are kept once, however many mails carry them. */
const storeAttachments = (files: Files): Promise<IncomingMessage['attachments']> => Promise.all(['statement.csv', 'export.csv', 'account-movements.csv', 'orders.csv'].map(async (name) => {
  const { sha256, size } = await files.put(Buffer.from(statement(name)))
  return { sha256, size, name, type: 'text/csv', inline: false, contentId: null }
}))

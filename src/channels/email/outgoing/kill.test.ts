import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Outgoing } from './index.ts'
import { runSql } from '../../../../test/support/cluster.ts'
import { openScene, type Scene } from './testing/scene.ts'
import { openSink, type Sink } from './testing/sink.ts'

/** Real processes with the real worker, killed with SIGKILL at each step of sending. Counted at the server, by Message-ID. */

const PROGRAM = join(import.meta.dirname, 'testing/worker.ts')
const LONG_MS = 60_000

let scene: Scene
let sink: Sink
let outgoing: Outgoing
const children = new Set<ChildProcess>()
beforeAll(async () => { scene = await openScene({ start: new Date() }) })
afterAll(() => scene.close())
beforeEach(async () => {
  sink = await openSink()
  outgoing = scene.open({ smtpUrl: sink.url })
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all([...children].map(gone))
  children.clear()
  await sink.close()
})

function start(die = ''): ChildProcess {
  const child = fork(PROGRAM, { env: { ...process.env, OWNER_URL: scene.ownerUrl, SMTP_URL: sink.url, FOLDER: scene.folder, DIE: die }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] })
  children.add(child)
  return child
}

const gone = async (child: ChildProcess) => { if (child.exitCode === null && child.signalCode === null) await once(child, 'exit') }

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + LONG_MS - 15_000; !(await holds());) {
    if (Date.now() > end) throw new Error('it did not come to pass')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/**
 * Gives locked jobs to whoever asks next, as the platform does with those of dead programs; here with those of living ones too,
 * because no mail may go twice even when its job does.
 */
const giveJobsBack = () => runSql(scene.ownerUrl, 'select graphile_worker.force_unlock_workers(array(select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))')

const stateOf = async (id: string) => (await scene.mail(id)).state
const delivered = async (ids: readonly string[]) => (await scene.db.selectFrom('outgoing_mail').select('id').where('id', 'in', [...ids]).where('state', '=', 'sent').execute()).length === ids.length

describe('kill -9', () => {
  const steps: [string, () => ChildProcess, number, boolean][] = [
    ['after the mail was taken, before a connection', () => start('claimed'), 1, true],
    ['while the mail is on its way', () => {
      const child = start()
      sink.manner = 'stall'
      sink.onFirstBytes = () => { child.kill('SIGKILL'); sink.onFirstBytes = () => {} }
      return child
    }, 1, true],
    ['when the server has kept it and not answered', () => {
      const child = start()
      sink.manner = 'stall'
      sink.onKept = () => { child.kill('SIGKILL'); sink.onKept = () => {} }
      return child
    }, 2, true],
    ['when the server has answered, before that was written down', () => start('answered'), 2, true],
  ]

  test.each(steps)('%s: shown as uncertain, then sent under the same id', async (_step, begin, most, uncertain) => {
    const { id, internetId, messageId } = await scene.reply(outgoing, { text: 'x'.repeat(200_000) })
    const killed = begin()
    await gone(killed)
    expect(killed.signalCode).toBe('SIGKILL')
    expect(await stateOf(id)).toBe('sending')
    sink.manner = 'accept'
    start()
    await giveJobsBack()
    await until(() => delivered([id]))
    expect([...sink.counts().keys()]).toEqual([internetId])
    expect(sink.counts().get(internetId)).toBeLessThanOrEqual(most)
    expect((await scene.facts(id)).includes('mail.uncertain')).toBe(uncertain)
    expect(await scene.db.selectFrom('message').select('delivery').where('id', '=', messageId).executeTakeFirst()).toEqual({ delivery: 'sent' })
  }, LONG_MS)

  test('at random, again and again, with two programs and a server that misbehaves: every mail arrives, none under two ids', async () => {
    const mails = await Promise.all(Array.from({ length: 40 }, () => scene.reply(outgoing, { text: 'x'.repeat(20_000) })))
    const ids = mails.map(({ id }) => id)
    const manners = ['accept', 'dropAfterKeeping', 'dropBeforeKeeping', 'dropDuringData', { data: '451 later' }, 'accept'] as const
    let turn = 0
    sink.onFirstBytes = () => { sink.manner = manners[turn++ % manners.length] ?? 'accept' }
    const running = [start(), start()]
    for (let kill = 0; kill < 8; kill++) {
      await new Promise((resolve) => setTimeout(resolve, 300 + (kill * 137) % 500))
      const victim = kill % 2
      running[victim]?.kill('SIGKILL')
      running[victim] = start()
      await giveJobsBack()
    }
    sink.onFirstBytes = () => {}
    sink.manner = 'accept'
    await until(() => delivered(ids))
    expect(new Set(sink.counts().keys())).toEqual(new Set(mails.map(({ internetId }) => internetId)))
    expect(await scene.db.selectFrom('outgoing_mail').select('id').where('id', 'in', ids).where('lease', 'is not', null).execute()).toEqual([])
  }, LONG_MS)

  test('of nobody: each mail arrives exactly once', async () => {
    const mails = await Promise.all(Array.from({ length: 60 }, () => scene.reply(outgoing)))
    start()
    start()
    for (let round = 0; round < 5; round++) await new Promise((resolve) => setTimeout(resolve, 200)).then(giveJobsBack)
    await until(() => delivered(mails.map(({ id }) => id)))
    expect([...sink.counts().values()]).toEqual(mails.map(() => 1))
  }, LONG_MS)
})

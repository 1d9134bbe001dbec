import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { dataIn } from './cluster.ts'
import { runningEmbedded, startEmbedded } from './launcher.ts'
import { endLeftovers, processesOf } from './processes.ts'
import { ask, folder, startHolder } from './testing/kit.ts'

const start = async (dir: string, lines: string[] = []) => {
  const embedded = await startEmbedded({ dir, volatile: true, log: (line) => void lines.push(line) })
  onTestFinished(() => embedded.stop())
  return embedded
}

test('starts from nothing, keeps what was written, and leaves no process behind', async () => {
  const dir = folder()
  const first = await start(dir)
  await ask(first.ownerUrl, 'create table kept as select 42 as answer')
  await first.stop()
  await first.stop()
  expect(processesOf(dataIn(dir))).toEqual([])
  expect(runningEmbedded(dir)).toBeNull()
  const second = await start(dir)
  expect(await ask(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }])
  expect(runningEmbedded(dir)).toBe(second.ownerUrl)
})

test('is reachable through its private socket only, and only with the password', async () => {
  const dir = folder()
  const { ownerUrl, pid } = await start(dir)
  expect(await ask(ownerUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(new URL(ownerUrl).password)
  expect(statSync(join(dir, 'socket')).mode & 0o777).toBe(0o700)
  expect(statSync(join(dir, 'password')).mode & 0o777).toBe(0o600)
  await expect(ask(ownerUrl.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' })
})

test('errors of statements, which can quote what people wrote, do not reach the log file', async () => {
  const dir = folder()
  const { ownerUrl } = await start(dir)
  await expect(ask(ownerUrl, `select 'ana@example.com'::int`)).rejects.toMatchObject({ code: '22P02' })
  expect(readFileSync(join(dir, 'postgres.log'), 'utf8')).not.toContain('ana@')
})

describe('recovers by itself', () => {
  test('from kill -9 of the program: ends the postgres left behind and starts its own', async () => {
    const dir = folder()
    const holder = startHolder(dir)
    const { ownerUrl, pid } = await holder.said
    await ask(String(ownerUrl), 'create table kept as select 1 as one')
    holder.child.kill('SIGKILL')
    await holder.ended
    expect(processesOf(dataIn(dir))).toContain(pid)
    const lines: string[] = []
    const next = await start(dir, lines)
    expect(next.pid).not.toBe(pid)
    expect(await ask(next.ownerUrl, 'select one from kept')).toEqual([{ one: 1 }])
    expect(lines.join('\n')).toContain('left behind')
  })

  test('from kill -9 of postgres under a running program: same address, new process', async () => {
    const lines: string[] = []
    const embedded = await start(folder(), lines)
    await ask(embedded.ownerUrl, 'create table kept as select 1 as one')
    for (let round = 0; round < 3; round++) {
      const before = embedded.pid
      process.kill(before, 'SIGKILL')
      await sleep(50)
      expect(await ask(embedded.ownerUrl, 'select one from kept', 20_000)).toEqual([{ one: 1 }])
      await expect.poll(() => embedded.pid, { timeout: 5_000 }).not.toBe(before)
    }
    expect(lines.filter((line) => line.includes('runs again'))).toHaveLength(3)
  })

  test('from kill -9 of both, and a process id that meanwhile belongs to another program', async () => {
    const dir = folder()
    const holder = startHolder(dir)
    const { pid } = await holder.said
    holder.child.kill('SIGKILL')
    process.kill(Number(pid), 'SIGKILL')
    await holder.ended
    const stranger = spawn('sleep', ['60'])
    onTestFinished(() => void stranger.kill())
    const pidFile = join(dataIn(dir), 'postmaster.pid')
    writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(stranger.pid)))
    const next = await start(dir)
    expect(await ask(next.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null])
  })

  test.each([400, 1_200])('from kill -9 %i ms into the first start', async (ms) => {
    const dir = folder()
    const holder = startHolder(dir)
    await sleep(ms)
    holder.child.kill('SIGKILL')
    await holder.ended
    const next = await start(dir)
    expect(await ask(next.ownerUrl, 'select current_database()::text as name')).toEqual([{ name: 'meridian' }])
  })
})

test('a second program on the same folder gets one clear line, and the first is not disturbed', async () => {
  const dir = folder()
  const first = await start(dir)
  const second = await startHolder(dir).said
  expect(second).toMatchObject({ problem: 'taken' })
  expect(second['sentence']).toMatch(new RegExp(`process ${process.pid}\\) already runs on ${dir}`))
  expect(await ask(first.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  await expect(startEmbedded({ dir, log: () => {} })).rejects.toMatchObject({ code: 'taken' })
})

test('two programs with different folders live side by side', async () => {
  const [one, other] = await Promise.all([start(folder()), start(folder())])
  await ask(one.ownerUrl, 'create table mine (id int)')
  expect(await ask(other.ownerUrl, `select to_regclass('mine')::text as found`)).toEqual([{ found: null }])
})

test('Ctrl-C in the terminal does not end the database before the program asks; SIGTERM of the program does', async () => {
  const dir = folder()
  const holder = startHolder(dir)
  const { ownerUrl } = await holder.said
  process.kill(-holder.child.pid!, 'SIGINT')
  await sleep(300)
  expect(await ask(String(ownerUrl), 'select 1 as one')).toEqual([{ one: 1 }])
  holder.child.kill('SIGTERM')
  expect(await holder.ended).toBe(0)
  expect(processesOf(dataIn(dir))).toEqual([])
})

test('a folder whose name is too long for a socket gets a short private one, which goes again', async () => {
  const dir = join(folder(), 'deep/'.repeat(25), 'postgres')
  const first = startHolder(dir)
  const { ownerUrl } = await first.said
  const socketFolder = new URL(String(ownerUrl)).searchParams.get('host')!
  expect(socketFolder.length).toBeLessThan(93)
  expect(statSync(socketFolder).mode & 0o777).toBe(0o700)
  first.child.kill('SIGKILL')
  await first.ended
  const next = await start(dir)
  expect(existsSync(socketFolder)).toBe(false)
  expect(await ask(next.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  await next.stop()
  expect(existsSync(new URL(next.ownerUrl).searchParams.get('host')!)).toBe(false)
})

describe('what cannot work is said in one sentence', () => {
  test('a folder that cannot be made', async () => {
    const dir = folder()
    writeFileSync(dir, 'a file')
    await expect(startEmbedded({ dir, log: () => {} })).rejects.toMatchObject({ code: 'unwritable', message: expect.stringContaining(dir) })
  })

  test('a folder with something else in it', async () => {
    const dir = folder()
    mkdirSync(dataIn(dir), { recursive: true })
    await expect(startEmbedded({ dir, log: () => {} })).rejects.toMatchObject({ code: 'broken', message: expect.stringContaining('not a PostgreSQL folder') })
  })

  test('a lost or wrong password file, another version, a damaged cluster; and a mended one starts again', async () => {
    const dir = folder()
    await (await start(dir)).stop()
    const failing = () => startEmbedded({ dir, volatile: true, log: () => {} }).then(() => 'started', (error: Error) => error.message)
    const kept = readFileSync(join(dir, 'password'))
    rmSync(join(dir, 'password'))
    expect(await failing()).toContain('password file')
    writeFileSync(join(dir, 'password'), 'wrong')
    expect(await failing()).toContain('refuses the password')
    writeFileSync(join(dir, 'password'), kept)
    writeFileSync(join(dataIn(dir), 'PG_VERSION'), '15\n')
    expect(await failing()).toContain('written by PostgreSQL 15')
    writeFileSync(join(dataIn(dir), 'PG_VERSION'), '18\n')
    const control = readFileSync(join(dataIn(dir), 'global/pg_control'))
    writeFileSync(join(dataIn(dir), 'global/pg_control'), Buffer.alloc(control.length))
    expect(await failing()).toMatch(/^PostgreSQL did not start: .+postgres\.log has more/)
    writeFileSync(join(dataIn(dir), 'global/pg_control'), control)
    expect(processesOf(dataIn(dir))).toEqual([])
    await start(dir)
  })
})

test('a postgres that does not end fast is ended at once', async () => {
  const dir = folder()
  const holder = startHolder(dir)
  const { pid } = await holder.said
  holder.child.kill('SIGKILL')
  process.kill(Number(pid), 'SIGSTOP')
  expect(await endLeftovers(dataIn(dir), { fastMs: 200, immediateMs: 200 })).toBe(true)
  expect(processesOf(dataIn(dir))).toEqual([])
})

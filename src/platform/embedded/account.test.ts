import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { chooseAccount } from './account.ts'
import { copyBinaries, installedBinaries } from './binaries.ts'
import { dataIn } from './cluster.ts'
import { startEmbedded } from './launcher.ts'
import { processesOf } from './processes.ts'
import { ask, folder, isRoot, NOBODY, startHolder } from './testing/kit.ts'

const effectiveUid = (pid: number) => statSync(`/proc/${pid}`).uid

test('a copy of the binaries runs on its own, and is made once', () => {
  const dir = folder()
  mkdirSync(dir)
  const copy = copyBinaries(installedBinaries(), dir)
  const made = statSync(join(copy, 'bin/initdb')).ctimeMs
  expect(spawnSync(join(copy, 'bin/initdb'), ['--version'], { encoding: 'utf8' }).stdout).toContain('18.')
  expect(copyBinaries(installedBinaries(), dir)).toBe(copy)
  expect(statSync(join(copy, 'bin/initdb')).ctimeMs).toBe(made)
})

describe.runIf(isRoot)('as root', () => {
  test('postgres never has the rights of root, and says how', async () => {
    const dir = folder()
    const lines: string[] = []
    const embedded = await startEmbedded({ dir, volatile: true, log: (line) => void lines.push(line) })
    onTestFinished(() => embedded.stop())
    expect(lines[0]).toMatch(/^PostgreSQL runs (in a user namespace|as the system account)/)
    expect(await ask(embedded.ownerUrl, `select (pg_stat_file('PG_VERSION')).size > 0 as reads`)).toEqual([{ reads: true }])
  })

  test('in a folder of somebody else, postgres runs as that account, and the next start does too', async () => {
    const dir = folder(NOBODY)
    for (let round = 0; round < 2; round++) {
      const embedded = await startEmbedded({ dir, volatile: true, log: () => {} })
      onTestFinished(() => embedded.stop())
      expect(effectiveUid(embedded.pid)).toBe(NOBODY)
      expect(await ask(embedded.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
      await embedded.stop()
    }
  })

  test('without user namespaces, a system account serves, and the next start stays with it', async () => {
    const dir = folder()
    chmodSync(dirname(dir), 0o711)
    const withoutUnshare = startHolder(dir, undefined, '/nowhere')
    const { pid } = await withoutUnshare.said
    const uid = effectiveUid(Number(pid))
    expect(uid).not.toBe(0)
    withoutUnshare.child.kill('SIGKILL')
    await withoutUnshare.ended
    const embedded = await startEmbedded({ dir, volatile: true, log: () => {} })
    onTestFinished(() => embedded.stop())
    expect(effectiveUid(embedded.pid)).toBe(uid)
    expect(await ask(embedded.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('without user namespaces, in a folder that no other account can reach, one sentence says so', async () => {
    const said = await startHolder(folder(), undefined, '/nowhere').said
    expect(said).toMatchObject({ problem: 'unreachable', sentence: expect.stringContaining('choose a DATA_DIR whose parent folders others may enter') })
  })

  test('binaries that the account cannot read (a home folder closed to others) are copied to where it can', () => {
    const dir = folder(NOBODY)
    const closed = folder()
    mkdirSync(dir)
    mkdirSync(closed, { mode: 0o700 })
    cpSync(dirname(installedBinaries()), join(closed, 'package'), { recursive: true, verbatimSymlinks: true })
    const account = chooseAccount(dir, dataIn(dir), join(closed, 'package/native'))
    expect(account.says).toContain(`uid ${NOBODY}`)
    expect(account.bin.startsWith(dir)).toBe(true)
  })

  test('a folder of another account that is closed to all is still that account\'s to enter', () => {
    const dir = folder(NOBODY)
    chmodSync(dirname(dir), 0o700)
    mkdirSync(dir, { mode: 0o700 })
    expect(chooseAccount(dir, dataIn(dir)).says).toContain(`uid ${NOBODY}`)
  })
})

describe.runIf(isRoot)('as an ordinary user', () => {
  test('postgres runs directly as that user, and recovers from kill -9', async () => {
    const dir = folder(NOBODY)
    const killed = startHolder(dir, NOBODY)
    const { pid } = await killed.said
    expect(effectiveUid(Number(pid))).toBe(NOBODY)
    killed.child.kill('SIGKILL')
    await killed.ended
    const next = startHolder(dir, NOBODY)
    const { ownerUrl, pid: nextPid } = await next.said
    expect(nextPid).not.toBe(pid)
    expect(await ask(String(ownerUrl), 'select 1 as one')).toEqual([{ one: 1 }])
    next.child.kill('SIGTERM')
    expect(await next.ended).toBe(0)
    expect(processesOf(dataIn(dir))).toEqual([])
  })

  test('a folder that may not be written gives one sentence and exit code 1', async () => {
    const holder = startHolder(folder(), NOBODY)
    expect(await holder.said).toMatchObject({ problem: 'unwritable', sentence: expect.stringContaining('cannot be written (EACCES)') })
    expect(await holder.ended).toBe(1)
  })
})

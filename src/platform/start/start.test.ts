import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openWorld, type World } from '../../../test/support/world.ts'
import { openEnds } from './ends.ts'
import { readNamedFile } from './files.ts'
import { prepareDataDir } from './folder.ts'
import { installationKey, requireSameKey } from './key.ts'
import { requireFreePort } from './ports.ts'

let world: World
beforeAll(async () => { world = await openWorld() })
afterAll(() => world.close())

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'meridian-start-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('the key is made once, for its owner\'s eyes, and kept', () => {
  const dir = folder()
  const key = installationKey(null, dir)
  expect(key).toMatch(/^[\w-]{43}$/)
  expect([installationKey(null, dir), readFileSync(join(dir, 'secret-key'), 'utf8').trim(), statSync(join(dir, 'secret-key')).mode & 0o777]).toEqual([key, key, 0o600])
  expect(installationKey(null, folder())).not.toBe(key)
  expect(installationKey('a key that was given', dir)).toBe('a key that was given')
})

test('starts at once make one key', async () => {
  const dir = folder()
  const script = `import { installationKey } from ${JSON.stringify(join(import.meta.dirname, 'key.ts'))}; console.log(installationKey(null, ${JSON.stringify(dir)}))`
  const keys = await Promise.all(Array.from({ length: 6 }, () => new Promise<string>((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString() })
    child.once('close', () => resolve(said.trim()))
  })))
  expect(keys[0]).toMatch(/^[\w-]{43}$/)
  expect(new Set(keys).size).toBe(1)
})

test('a key file that holds none is not written over', () => {
  const dir = folder()
  writeFileSync(join(dir, 'secret-key'), '\n')
  expect(() => installationKey(null, dir)).toThrow('holds no key; restore it')
  expect(readFileSync(join(dir, 'secret-key'), 'utf8')).toBe('\n')
  expect(() => installationKey('short', dir)).toThrow('SECRET_KEY has 5 characters')
})

test('a database knows its key, and takes no other; it does not hold the key itself', async () => {
  await requireSameKey(world.db, 'the key of this database')
  await requireSameKey(world.db, 'the key of this database')
  await expect(requireSameKey(world.db, 'another key of somebody')).rejects.toThrow(/^the installation key is not the one of this database; .*SECRET_KEY/)
  expect(JSON.stringify(await world.db.selectFrom('setting').selectAll().execute())).not.toContain('the key of')
})

test('a folder is made, and one that cannot be written is named', () => {
  const dir = join(folder(), 'deep/data')
  prepareDataDir(dir)
  expect(existsSync(dir)).toBe(true)
  writeFileSync(join(dir, 'file'), '')
  expect(() => prepareDataDir(join(dir, 'file'))).toThrow(`DATA_DIR ${join(dir, 'file')} cannot be written (EEXIST)`)
  expect(() => prepareDataDir(join(dir, 'file/below'))).toThrow('cannot be written (ENOTDIR)')
  expect(() => readNamedFile('DKIM_KEY_FILE', join(dir, 'none'))).toThrow(/^DKIM_KEY_FILE names .*none, which cannot be read \(ENOENT\)$/)
})

test('a port is looked at without being kept', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port ?? 0 : 0
  await expect(requireFreePort('PORT', '127.0.0.1', port)).rejects.toThrow(`port ${port} on 127.0.0.1 is taken by another program; choose another with PORT`)
  await new Promise<void>((resolve) => { server.close(() => resolve()) })
  await requireFreePort('PORT', '127.0.0.1', port)
  await requireFreePort('PORT', '127.0.0.1', port)
  await requireFreePort('PORT', '127.0.0.1', 0)
})

test('what was opened ends in reverse, whatever fails on the way, and once', async () => {
  const ends = openEnds()
  const said: string[] = []
  ends.add(async () => { said.push('first opened') })
  ends.add(() => { said.push('fails'); throw new Error('planted') })
  ends.add(async () => { said.push('last opened'); throw new Error('planted') })
  await Promise.all([ends.all(), ends.all()])
  await ends.all()
  expect(said).toEqual(['last opened', 'fails', 'first opened'])
  ends.add(async () => { said.push('too late') })
  await ends.all()
  expect(said.at(-1)).toBe('too late')
})

test('what opens while everything ends is ended too, before it counts as over', async () => {
  const ends = openEnds()
  const said: string[] = []
  ends.add(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    ends.add(async () => { await new Promise((resolve) => setTimeout(resolve, 20)); said.push('opened meanwhile') })
  })
  await ends.all()
  expect(said).toEqual(['opened meanwhile'])
})

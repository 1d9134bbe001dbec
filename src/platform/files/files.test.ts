import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, expect, test } from 'vitest'
import { filesOnDisk } from './store.ts'

const root = mkdtempSync(join(tmpdir(), 'meridian-files-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const files = filesOnDisk(root)

const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const readAll = async (id: string) => buffer((await files.get(id)).stream)
const everyFile = () => readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))

test('a content lies under its own hash, closed to others, and comes back byte for byte', async () => {
  const content = randomBytes(300_000)
  const stored = await files.put(content)
  expect(stored).toEqual({ sha256: sha256(content), size: 300_000 })
  expect(await readAll(stored.sha256)).toEqual(content)
  expect((await files.get(stored.sha256)).size).toBe(300_000)
  const place = join(root, stored.sha256.slice(0, 2), stored.sha256.slice(2))
  expect([readFileSync(place).equals(content), statSync(place).mode & 0o777]).toEqual([true, 0o600])
})

test('from a stream, and an empty one', async () => {
  const parts = [Buffer.from('one '), Buffer.from('two '), Buffer.from('three')]
  expect(await files.put(Readable.from(parts))).toEqual({ sha256: sha256(Buffer.concat(parts)), size: 13 })
  const empty = await files.put(Readable.from([]))
  expect([empty.size, (await readAll(empty.sha256)).length]).toEqual([0, 0])
})

test('the same content is kept once, also when it comes many times at once', async () => {
  const before = everyFile().length
  const content = randomBytes(100_000)
  const stored = await Promise.all(Array.from({ length: 8 }, () => files.put(Readable.from([content.subarray(0, 50_000), content.subarray(50_000)]))))
  expect(new Set(stored.map((one) => one.sha256))).toEqual(new Set([sha256(content)]))
  expect(everyFile()).toHaveLength(before + 1)
  expect(await readAll(sha256(content))).toEqual(content)
})

test('what is too large is refused while it comes, and nothing of it stays', async () => {
  const before = everyFile()
  let sent = 0
  const endless = new Readable({ read() { sent += 65_536; this.push(Buffer.alloc(65_536)) } })
  await expect(files.put(endless, 1_000_000)).rejects.toMatchObject({ code: 'request.tooLarge', detail: { bytesMax: 1_000_000 } })
  expect(sent).toBeLessThan(3_000_000)
  expect(endless.destroyed).toBe(true)
  await expect(files.put(Buffer.alloc(11), 10)).rejects.toMatchObject({ code: 'request.tooLarge' })
  expect((await files.put(Buffer.alloc(10), 10)).size).toBe(10)
  expect(everyFile().filter((path) => !before.includes(path))).toHaveLength(1)
})

test('a stream that breaks leaves nothing', async () => {
  const before = everyFile()
  const broken = Readable.from((async function* () { yield Buffer.from('half'); throw new Error('planted') })())
  await expect(files.put(broken)).rejects.toThrow('planted')
  expect(everyFile()).toEqual(before)
})

test('what is not there, or is no hash, is not found', async () => {
  for (const id of ['0'.repeat(64), '', '../../etc/passwd', `${'0'.repeat(62)}/x`, 'A'.repeat(64)]) await expect(files.get(id)).rejects.toMatchObject({ code: 'file.notFound', status: 404 })
})

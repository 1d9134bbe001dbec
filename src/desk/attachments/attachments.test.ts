import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Actor } from '#platform'
import { findCase } from '../cases/store.ts'
import { deskJobs } from '../jobs.ts'
import { saveDraft } from '../drafts/service.ts'
import { CARD, openScene, refusal, type Scene } from '../testing/scene.ts'
import { cleanName } from './model.ts'
import { dispositionOf, isSafeImage } from './serve.ts'
import { insertUpload } from './store.ts'
import { storeUpload } from './upload.ts'

let scene: Scene
let ana: Actor
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
})
afterAll(() => scene.close())

describe('a file\'s name', () => {
  test.each([
    ['report.pdf', 'report.pdf'], ['../../etc/passwd', 'passwd'], ['C:\\temp\\evil.exe', 'evil.exe'], ['.htaccess', 'htaccess'], ['', 'file'], ['...', 'file'], ['a\u0000b\r\n.txt', 'ab.txt'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'], ['Ünï cödé 日本.txt', 'Ünï cödé 日本.txt'], ['a<b>:"|?*.txt', 'ab.txt'], [`${'x'.repeat(300)}.tar.gz`, `${'x'.repeat(147)}.gz`],
  ])('%j becomes %j', (given, name) => expect(cleanName(given)).toBe(name))

  test('whatever is given is a name that can be saved anywhere, once and for all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 180 }), (given) => {
      const name = cleanName(given)
      expect(name).not.toMatch(/[\\/\p{Cc}\p{Cf}<>:"|?*]|^[.\s]|[.\s]$|^$/u)
      expect([...name].length).toBeLessThanOrEqual(150)
      expect(cleanName(name)).toBe(name)
      expect(dispositionOf(name)).toMatch(/^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/)
    }))
  })
})

describe('a file\'s type is found from its bytes', () => {
  const typed = async (content: Buffer | string, name = 'x.bin') => (await storeUpload(scene.files, Readable.from([Buffer.from(content)]), name, 10_000)).type
  test.each([
    ['%PDF-1.7\n', 'application/pdf'], ['GIF89a...........', 'image/gif'], ['PK\u0003\u0004\u0014\u0000\u0006\u0000', 'application/zip'], ['<html><script>', 'text/plain'], ['MZ\u0090\u0000', 'application/x-msdownload'],
    ['', 'text/plain'], ['\u0001\u0002nothing known', 'application/octet-stream'],
  ])('%j is %s', async (content, type) => expect(await typed(Buffer.from(content, 'latin1'), 'innocent.txt')).toBe(type))
  test('and no document with scripts is taken for a picture', () => {
    for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'image/tiff']) expect(isSafeImage(type)).toBe(false)
    expect(isSafeImage('image/png')).toBe(true)
  })
})

test('a file in any number of pieces is the same file, and one byte too many is refused', async () => {
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(9_000, 1)])
  const pieces = (size: number) => Array.from({ length: Math.ceil(content.length / size) }, (_, index) => content.subarray(index * size, (index + 1) * size))
  const stored = await Promise.all([1_000, 4_100, 9_009].map((size) => storeUpload(scene.files, Readable.from(pieces(size)), 'a.pdf', content.length)))
  expect(new Set(stored.map(({ sha256 }) => sha256)).size).toBe(1)
  expect((await buffer((await scene.files.get(stored[0]!.sha256)).stream)).equals(content)).toBe(true)
  expect(await refusal(storeUpload(scene.files, Readable.from(pieces(1_000)), 'a.pdf', content.length - 1))).toBe('request.tooLarge')
})

test('card numbers in text are masked before it rests, whatever its encoding; other bytes stay as they are', async () => {
  const read = async (content: Buffer) => {
    const stored = await storeUpload(scene.files, Readable.from([content]), 'notes.txt', 10_000)
    return { ...stored, content: await buffer((await scene.files.get(stored.sha256)).stream) }
  }
  for (const encoding of ['utf8', 'latin1'] as const) {
    const kept = await read(Buffer.from(`Grüße, ${CARD}`, encoding))
    expect(kept.maskedCards).toBe(1)
    expect(kept.content.toString(encoding)).toMatch(/^Grüße, .*4242$/)
    expect(kept.content.toString(encoding)).not.toContain('4242 4242')
  }
  const plain = Buffer.from('no card, é', 'latin1')
  expect((await read(plain)).content.equals(plain)).toBe(true)
})

test.each([
  ['<?xml version="1.0"?><card>~</card>', 'application/xml'], ['BEGIN:VCARD\r\nNOTE:~\r\nEND:VCARD\r\n', 'text/vcard'], ['{\\rtf1 ~}', 'application/rtf'], ['BM is how it begins: ~', 'image/bmp'], ['\ufeffcard ~', 'text/plain'],
])('a text of a known kind is text, too: %j', async (content, type) => {
  const encoding = content.startsWith('\ufeff') ? 'utf16le' : 'utf8'
  const stored = await storeUpload(scene.files, Readable.from([Buffer.from(content.replace('~', CARD), encoding)]), 'x', 10_000)
  expect(stored).toMatchObject({ type, maskedCards: 1 })
  expect((await buffer((await scene.files.get(stored.sha256)).stream)).toString(encoding)).not.toContain(CARD)
})

test('uploads are the uploader\'s, belong to one message, and are dropped when nobody sends them', async () => {
  const [one, other, ben] = [await scene.open(), await scene.open(), await scene.agent('Ben')]
  const upload = (actor = ana) => scene.run(actor, async (work) => insertUpload(work, (await findCase(work.tx, one.number))!, { sha256: 'c'.repeat(64), name: 'c.txt', type: 'text/plain', size: 1 }))
  const send = (number: number, attachments: string[]) => scene.run(ana, (work) => scene.reply(work, number, { body: 'x', visibility: 'public', attachments }))
  const [sent, drafted, forgotten] = [await upload(), await upload(), await upload()]
  await send(one.number, [sent])
  expect(await refusal(send(one.number, [sent]))).toBe('attachment.notFound')
  expect(await refusal(send(other.number, [forgotten]))).toBe('attachment.notFound')
  expect(await refusal(scene.run(ben, (work) => saveDraft(work, one.number, { visibility: 'public', body: 'x', attachments: [drafted] })))).toBe('attachment.notFound')
  await scene.run(ana, (work) => saveDraft(work, one.number, { visibility: 'note', body: 'x', attachments: [drafted] }))
  scene.clock.forward({ hours: 25 })
  const fresh = await upload()
  await deskJobs({ closeAfterDays: 7 })['desk.dropUploads']({}, scene.tools('desk.dropUploads'))
  const left = (await scene.db.selectFrom('attachment').select('id').execute()).map(({ id }) => id)
  expect(left.sort()).toEqual([sent, drafted, fresh].sort())
  expect(await scene.kinds(one.number)).toContain('attachment.dropped')
})

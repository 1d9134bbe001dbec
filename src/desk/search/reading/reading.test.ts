import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailFrom, openScene, CARD, type Scene } from '../../testing/scene.ts'
import { readAttachments } from './attachments.ts'
import { formatOf, textOf, type Format } from './formats.ts'
import { readApart } from './read.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const zip = (parts: Record<string, string>) => zipSync(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, bytes(text)])))
/** One page with one line, as small as a PDF can be. */
const pdf = (line: string) => {
  const objects = ['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>',
    `<</Length ${line.length + 30}>>\nstream\nBT /F 12 Tf 10 50 Td (${line}) Tj ET\nendstream`, '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>']
  return bytes(`%PDF-1.4\n${objects.map((object, nth) => `${nth + 1} 0 obj\n${object}\nendobj\n`).join('')}trailer<</Root 1 0 R/Size 6>>`)
}
const document = zip({ 'word/document.xml': '<w:document><w:p><w:r><w:t>Proof of &amp; delivery</w:t></w:r></w:p><w:p><w:r><w:t>Second</w:t></w:r></w:p></w:document>', 'word/media/x.png': 'no' })

test.each<[string, string, Format | null]>([
  ['text/csv; charset=utf-8', 'a', 'text'], ['application/pdf', 'a', 'pdf'], ['application/octet-stream', 'Report.DOCX', 'word'], ['', 'x.xlsx', 'sheet'], ['image/png', 'x.pdf', null], ['application/zip', 'x.txt', null], ['', 'x', null],
])('%s %s', (type, name, format) => expect(formatOf(type, name)).toBe(format))

test.each<[Format, Uint8Array, string]>([
  ['text', bytes('a,b\nGrüße,2'), 'a,b\nGrüße,2'], ['text', new Uint8Array([0x47, 0x72, 0xfc, 0xdf, 0x65]), 'Grüße'], ['text', bytes(`card ${CARD}`), 'card **** **** **** 4242'], ['text', bytes('a\u0000b'), 'a b'],
  ['html', bytes('<p>Hello <b>there</b></p><script>no()</script>'), 'Hello there'], ['word', document, 'Proof of & delivery\nSecond'],
  ['sheet', zip({ 'xl/sharedStrings.xml': '<sst><si><t>Payout</t></si><si><t>Bank</t></si></sst>' }), 'Payout\nBank'], ['pdf', pdf('Evidence of shipment'), 'Evidence of shipment'],
])('%s', async (format, content, text) => expect(await textOf(format, content)).toBe(text))

test('what is broken is refused, and ends nothing but its own thread', async () => {
  for (const format of ['pdf', 'word', 'sheet'] as const) await expect(readApart(format, bytes('not one of these'))).rejects.toThrow()
  expect(await readApart('word', zip({ 'word/document.xml': `<w:t>${'x'.repeat(31_000_000)}</w:t>` }))).toBe('')
  await expect(readApart('text', bytes('late'), 1)).rejects.toThrow('too long')
})

let scene: Scene
beforeAll(async () => { scene = await openScene() })
afterAll(() => scene.close())

test('files that came are read once; what cannot be read is given up after some tries', async () => {
  const store = async (content: Uint8Array) => (await scene.files.put(content)).sha256
  const attached = (sha256: string, name: string, type: string) => ({ sha256, name, type, size: 10, inline: false, contentId: null })
  await scene.receive(mailFrom('files@read.test', { attachments: [
    attached(await store(bytes('id,amount\npo_123,20')), 'payouts.csv', 'text/csv'), attached(await store(bytes('%PDF broken')), 'broken.pdf', 'application/pdf'), attached(await store(bytes('png')), 'x.png', 'image/png'),
  ] }))
  expect([await readAttachments(scene.db, scene.files, 10), await readAttachments(scene.db, scene.files, 10), await readAttachments(scene.db, scene.files, 10), await readAttachments(scene.db, scene.files, 10)]).toEqual([3, 1, 1, 0])
  const rows = await scene.db.selectFrom('attachment_text').innerJoin('attachment', 'attachment.id', 'attachment_id').select(['name', 'state', 'text']).orderBy('name').execute()
  expect(rows).toEqual([{ name: 'broken.pdf', state: 'failed', text: '' }, { name: 'payouts.csv', state: 'read', text: 'id,amount\npo_123,20' }, { name: 'x.png', state: 'empty', text: '' }])
})

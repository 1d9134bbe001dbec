import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import type { Actor } from '#platform'
import { keepUpload } from '../attachments/service.ts'
import { storeUpload } from '../attachments/upload.ts'
import { saveDraft } from '../drafts/service.ts'
import { mailFrom, openScene, type Scene } from '../testing/scene.ts'
import { changeCustomer, joinParticipant } from './people.ts'
import { changeCase, handOver } from './service.ts'

const forms = ['5555 5555 5555 4444', '5555-5555-5555-4444', '5555555555554444', '５５５５ ５５５５ ５５５５ ４４４４']
const DIGITS = '5555555555554444'

let scene: Scene
let ana: Actor
beforeAll(async () => {
  scene = await openScene()
  ana = await scene.agent('Ana')
})
afterAll(() => scene.close())

/** The places at rest, as `table.column`, where the digits stand, whatever is between them. */
async function found(): Promise<string[]> {
  const { rows: columns } = await sql<{ table: string; column: string }>`select table_name as "table", column_name as "column" from information_schema.columns
    where table_schema = 'public' and (data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying') or udt_name = 'bytea')`.execute(scene.db)
  const places: string[] = []
  for (const { table, column } of columns) {
    const { rows } = await sql<{ text: string | null }>`select ${sql.ref(column)}::text as text from ${sql.table(table)}`.execute(scene.db)
    if (rows.some(({ text }) => text?.normalize('NFKC').replace(/\D/g, '').includes(DIGITS))) places.push(`${table}.${column}`)
  }
  return places
}

test('the search finds what rests unmasked', async () => {
  await scene.db.insertInto('topic').values({ key: 'planted', title: forms[1]! }).execute()
  expect(await found()).toEqual(['topic.title'])
  await scene.db.deleteFrom('topic').where('key', '=', 'planted').execute()
})

test.each(forms)('%s rests nowhere, through whatever field it comes', async (card) => {
  const words = `pay with ${card} please`
  const opened = await scene.open({ subject: words, body: words, customer: { email: 'card@x.test', name: `Lee ${card}` }, tags: [card] })
  await scene.run(ana, (work) => changeCase(work, opened.number, { subject: `again ${card}`, tags: [`t-${card}`] }))
  await scene.run(ana, (work) => saveDraft(work, opened.number, { visibility: 'public', body: words }))
  const sent = await scene.run(ana, (work) => scene.reply(work, opened.number, { body: words, visibility: 'public' }))
  await scene.run(ana, (work) => scene.recall(work, opened.number, sent.messageId))
  await scene.run(ana, (work) => scene.reply(work, opened.number, { body: words, visibility: 'note' }))
  await scene.run(ana, (work) => handOver(work, opened.number, { to: { agent: ana.id }, note: words }))
  await scene.run(ana, (work) => joinParticipant(work, opened.number, { address: `a${card.length}@x.test`, name: words }))
  await scene.run(ana, (work) => changeCustomer(work, opened.number, { address: `b${card.length}@x.test`, name: words }))
  await scene.run(ana, (work) => saveDraft(work, opened.number, { visibility: 'note', body: words }))
  const upload = await storeUpload(scene.files, Readable.from([Buffer.from(words)]), `${card}.txt`, 1_000)
  await scene.run(ana, (work) => keepUpload(work, opened.number, [upload]))
  await scene.receive(mailFrom('mail@x.test', {
    subject: words, text: words, quotedText: words, signatureText: words, html: `<p>${words}</p>`, from: { address: 'mail@x.test', name: words }, cc: [{ address: 'cc@x.test', name: words }],
    attachments: [{ sha256: 'd'.repeat(64), name: `${card}.txt`, type: 'text/plain', size: 1, inline: false, contentId: null }],
  }))
  expect(await found()).toEqual([])
  expect(scene.delivery.sent.some(({ text }) => text.normalize('NFKC').replace(/\D/g, '').includes(DIGITS))).toBe(false)
  const [message] = await scene.messages(opened.number)
  expect(message).toMatchObject({ masked_cards: 2 })
  expect(message!.text).toMatch(/4444|４４４４/)
})

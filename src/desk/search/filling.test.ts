import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { system } from '#platform'
import { runSql } from '../../../test/support/cluster.ts'
import { mailFrom, openScene, type Scene } from '../testing/scene.ts'
import { fillBatch, fillingOf, makeShelves } from './filling.ts'
import { searchTick } from './ticks.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
  for (let at = 0; at < 12; at += 1) await scene.receive(mailFrom(`${at}@fill.test`, { subject: `Subject ${at}`, text: `Text ${at} pi_3abc${at}DEF123 and again pi_3abc${at}DEF123`, quotedText: 'a quotation',
    attachments: [{ sha256: 'c'.repeat(64), name: `file ${at}.csv`, type: 'text/csv', size: 1, inline: at % 2 === 0, contentId: null }] }))
  await sql`update message set delivery = 'recalled' where text like 'Text 3 %'`.execute(scene.db)
}, 30_000)
afterAll(() => scene.close())

const rows = async () => ({
  texts: (await sql`select case_id, message_id, attachment_id, at, words, attachment_id is null and place = (select place from message where id = message_id) as placed from search_text order by message_id, attachment_id`.execute(scene.db)).rows,
  references: (await sql`select value, message_id from case_reference order by 1, 2`.execute(scene.db)).rows,
})
const empty = () => sql`with a as (delete from search_text), b as (delete from case_reference), c as (delete from attachment_text) update search_filling set from_id = (select id from message order by id desc limit 1), filled = 0`.execute(scene.db)
const tools = () => ({ db: scene.db, perform: scene.perform, actor: system('test') })

test('what triggers wrote is what filling writes, batch by batch, from wherever it was cut off', async () => {
  const kept = await rows()
  expect(kept.texts).toHaveLength(11 + 5)
  expect(kept.references).toHaveLength(11)
  await empty()
  expect(await fillingOf(scene.db)).toEqual({ filled: 0, isDone: false })
  expect([await fillBatch(scene.db, 5), await fillingOf(scene.db)]).toEqual([5, { filled: 5, isDone: false }])
  await searchTick(scene.files).run(tools())
  expect(await fillingOf(scene.db)).toEqual({ filled: 12, isDone: true })
  expect(await rows()).toEqual(kept)
  expect(await fillBatch(scene.db, 5)).toBe(0)
})

test('what is written meanwhile is in once', async () => {
  await empty()
  await scene.receive(mailFrom('late@fill.test', { text: 'written meanwhile' }))
  await sql`update message set text = text || ' changed' where text like 'Text 5 %'`.execute(scene.db)
  await searchTick(scene.files).run(tools())
  const { texts } = await rows()
  expect(new Set(texts.map((row) => JSON.stringify(row))).size).toBe(texts.length)
  expect(texts).toHaveLength(11 + 5 + 1)
})

test('a loader\'s filling makes the same', async () => {
  const kept = await rows()
  await empty()
  await runSql(scene.ownerUrl, 'select fill_search()')
  expect(await rows()).toEqual(kept)
})

test('shelves are made ahead, and what none was made for is found all the same', async () => {
  await runSql(scene.ownerUrl, `select setval('message_place', 400000)`)
  const { number } = await scene.open({ body: 'far ahead' })
  expect((await sql<{ shelf: string }>`select tableoid::regclass::text as shelf from search_text where case_id = (select id from "case" where number = ${number})`.execute(scene.db)).rows).toEqual([{ shelf: 'search_text_rest' }])
  expect(await makeShelves(scene.db)).toBeGreaterThan(3)
  expect(await makeShelves(scene.db)).toBe(0)
  await runSql(scene.ownerUrl, `select setval('message_place', 600000)`)
  await makeShelves(scene.db)
  const next = await scene.open({ body: 'farther ahead' })
  expect((await sql<{ shelf: string }>`select tableoid::regclass::text as shelf from search_text where case_id = (select id from "case" where number = ${next.number})`.execute(scene.db)).rows).toEqual([{ shelf: 'search_text_9' }])
})

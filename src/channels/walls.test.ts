import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId, type LoggedFact } from '#platform'
import { channelsAudience } from './audience.ts'
import { listRawMails } from './email/intake/store.ts'
import { lead, openScene, type Scene } from './email/outgoing/testing/scene.ts'

let scene: Scene
beforeAll(async () => { scene = await openScene() })
afterAll(() => scene.close())

test('that a mail came for a case is told to nobody outside of the wall of its queue', async () => {
  const fact: LoggedFact = { id: '1', at: new Date(), room: 'channels', kind: 'mail.settled', case: scene.caseNumber, subject: 'rawMail:1', actor: { kind: 'system', id: 'email' }, data: {} }
  expect(await channelsAudience(scene.db)(fact)).toMatchObject({ permission: 'rawMail.read', space: scene.queueId })
})

test('a report of a mail that did not arrive stands behind the wall of the mail that it quotes', async () => {
  const outgoing = scene.open()
  const { internetId } = await scene.reply(outgoing)
  const rawMailId = newId()
  await scene.db.insertInto('raw_mail').values({
    id: rawMailId, way: 'smtp', envelope_from: '', envelope_to: [], received_at: new Date(), fingerprint: Buffer.from('report'), content: Buffer.from('quotes the reply'), size: 16, masked_cards: 0, state: 'done',
  }).execute()
  const ids = async (barred: string[]) => (await listRawMails(scene.db, { ...lead, barred }, {}, 50, null)).items.map(({ id }) => id)
  expect(await ids([scene.queueId])).toEqual([rawMailId])
  await scene.perform(lead, (work) => outgoing.recordBounce(work, { outcome: 'hard', recipients: [], originalMessageId: internetId, rawMailId, at: work.at }))
  expect(await ids([scene.queueId])).toEqual([])
  expect(await ids([])).toEqual([rawMailId])
})

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { until } from '../../src/channels/email/intake/testing/ground.ts'
import { talkSmtp } from '../../src/channels/email/intake/testing/smtp-client.ts'
import { openWhole, type Whole } from '../support/whole.ts'
import { filesBelow, placeOf, publicData } from './found.ts'

const mails = filesBelow('mail').filter((name) => !/LICENSE|COPYING|fixtures\/attachments\//.test(name))

let whole: Whole
beforeAll(async () => { if (publicData) whole = await openWhole() })
afterAll(() => whole?.close())

/** As a mail server sends it: lines that end in CR LF, dots at their beginnings doubled (RFC 5321, 4.5.2). */
const onTheWire = (raw: Buffer): Buffer =>
  Buffer.concat([Buffer.from(raw.toString('latin1').replace(/\r\n|\r|\n/g, '\r\n').replace(/^\./gm, '..').replace(/(?:\r\n)?$/, '\r\n'), 'latin1'), Buffer.from('.\r\n')])

async function deliver(raw: Buffer): Promise<string> {
  const smtp = await talkSmtp(whole.smtpPort)
  for (const line of ['EHLO public.example', 'MAIL FROM:<sender@public.example> BODY=8BITMIME', 'RCPT TO:<support@meridian.test>', 'DATA']) await smtp.ask(line)
  smtp.write(onTheWire(raw))
  const answer = await smtp.reply()
  smtp.end()
  return answer
}

test.skipIf(publicData === null)('every public mail goes in by SMTP through the whole program: accepted, settled, none failed, none lost', async () => {
  for (const name of mails) expect([name, await deliver(readFileSync(placeOf('mail', name)))]).toEqual([name, expect.stringMatching(/^250 /)])
  const states = () => whole.db.selectFrom('raw_mail').select(['state', 'error', 'outcome', 'case_number']).execute()
  await until(async () => (await states()).every(({ state }) => state !== 'received'), 60_000)
  const settled = await states()
  expect(settled.filter(({ state }) => state === 'failed')).toEqual([])
  // A mail that is there twice in the collection is one here.
  expect(settled.length).toBeGreaterThan(mails.length * 0.9)
  const became = Object.groupBy(settled, ({ state }) => state)
  expect(became['done']?.length ?? 0).toBeGreaterThan(30)
  console.log(`public mails by SMTP: ${mails.length} sent, ${settled.length} different; ${Object.entries(became).map(([state, rows]) => `${rows?.length ?? 0} ${state}`).join(', ')}`)
  const { count } = await whole.db.selectFrom('message').select((of) => of.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  expect(Number(count)).toBe(settled.filter(({ outcome }) => JSON.stringify(outcome).match(/"became":"(?:case|reply|followUp|suggestion)"/)).length)
}, 120_000)

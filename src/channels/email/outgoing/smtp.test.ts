import { Readable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { localOutbox, openSmtp, type Transport } from './smtp.ts'
import { openSink, type Manner, type Sink } from './testing/sink.ts'

const never = new AbortController().signal
const mail = async () => Readable.from([Buffer.from('Message-ID: <1@x.example>\r\nSubject: x\r\n\r\nhello\r\n')])
const envelope = { from: 'help@example.com', to: ['a@x.example', 'b@x.example'] }

let sink: Sink
let transport: Transport
beforeEach(async () => {
  sink = await openSink()
  transport = openSmtp(sink.url, 'mail.example.com', { connectMs: 2_000, silenceMs: 400, idleMs: 5_000 })
})
afterEach(async () => {
  transport.close()
  await sink.close()
})

describe('how far a mail got is known as far as SMTP tells it', () => {
  const table: [string, Manner, object, number][] = [
    ['taken', 'accept', { kind: 'taken', refused: [] }, 1],
    ['the sender refused for now', { mailFrom: '451 4.3.0 later' }, { kind: 'refused', permanent: false, response: '451 4.3.0 later' }, 0],
    ['the sender refused for good', { mailFrom: '550 5.7.1 no' }, { kind: 'refused', permanent: true }, 0],
    ['the mail refused for now', { data: '451 4.7.0 greylisted' }, { kind: 'refused', permanent: false }, 0],
    ['the mail refused for good', { data: '554 5.7.1 spam' }, { kind: 'refused', permanent: true, response: '554 5.7.1 spam' }, 0],
    ['one recipient refused', { recipients: { 'b@x.example': '550 5.1.1 no such user' } }, { kind: 'taken', refused: [{ address: 'b@x.example', permanent: true, response: '550 5.1.1 no such user' }] }, 1],
    ['all recipients refused, one of them for now', { recipients: { 'a@x.example': '450 4.2.1 busy', 'b@x.example': '550 5.1.1 no' } }, { kind: 'refused', permanent: false, refused: [{ address: 'a@x.example', permanent: false }, { address: 'b@x.example', permanent: true }] }, 0],
    ['lost after the whole mail, before it was kept', 'dropBeforeKeeping', { kind: 'unanswered' }, 0],
    ['lost after it was kept', 'dropAfterKeeping', { kind: 'unanswered' }, 1],
    ['no answer', 'stall', { kind: 'unanswered' }, 1],
  ]
  test.each(table)('%s', async (_name, manner, expected, kept) => {
    sink.manner = manner
    expect(await transport.send(envelope, mail, never)).toMatchObject(expected)
    expect(sink.kept).toHaveLength(kept)
  })

  test('lost in the middle of the mail: surely not taken', async () => {
    sink.manner = 'dropDuringData'
    const long = async () => Readable.from((async function* () {
      yield Buffer.from('Subject: x\r\n\r\n')
      for (let index = 0; index < 400; index++) {
        await new Promise((resolve) => setTimeout(resolve, 1))
        yield Buffer.alloc(8_000, 'x\r\n')
      }
    })())
    expect(await transport.send(envelope, long, never)).toMatchObject({ kind: 'unreached' })
    expect(sink.kept).toHaveLength(0)
  })

  test('nobody listens', async () => {
    await sink.close()
    expect(await transport.send(envelope, mail, never)).toMatchObject({ kind: 'unreached', problem: expect.stringContaining('ECONNREFUSED') })
  })

  test('the mail cannot be made', async () => {
    expect(await transport.send(envelope, async () => { throw new Error('no such file') }, never)).toEqual({ kind: 'broken', problem: 'no such file' })
    expect(sink.conversations).toBe(0)
  })

  test('the mail breaks while it is read: the server gets no end of it', async () => {
    const broken = async () => Readable.from((async function* () { yield Buffer.from('Subject: x\r\n\r\nhalf'); throw new Error('disk gone') })())
    expect(await transport.send(envelope, broken, never)).toEqual({ kind: 'broken', problem: 'disk gone' })
    expect(sink.kept).toHaveLength(0)
    expect(await transport.send(envelope, mail, never)).toMatchObject({ kind: 'taken' })
  })

  test('stopped before and after the end of the mail', async () => {
    expect(await transport.send(envelope, mail, AbortSignal.abort())).toMatchObject({ kind: 'unreached' })
    const stop = new AbortController()
    sink.manner = 'stall'
    sink.onKept = () => stop.abort()
    expect(await transport.send(envelope, mail, stop.signal)).toMatchObject({ kind: 'unanswered' })
  })
})

test('a connection serves one mail after the other; one that the server closed meanwhile is replaced', async () => {
  await transport.send(envelope, mail, never)
  await transport.send(envelope, mail, never)
  expect([sink.kept.length, sink.conversations]).toEqual([2, 1])
  const { port } = sink
  await sink.close()
  sink = await openSink(port)
  expect(await transport.send(envelope, mail, never)).toMatchObject({ kind: 'taken' })
  expect(sink.kept).toHaveLength(1)
})

test('a refusal leaves nothing behind for the next mail', async () => {
  sink.manner = { recipients: { 'a@x.example': '550 5.1.1 no', 'b@x.example': '550 5.1.1 no' } }
  await transport.send(envelope, mail, never)
  sink.manner = 'accept'
  expect(await transport.send(envelope, mail, never)).toMatchObject({ kind: 'taken', refused: [] })
})

test('the local outbox takes what can be made', async () => {
  expect(await localOutbox.send(envelope, mail, never)).toMatchObject({ kind: 'taken' })
  expect(await localOutbox.send(envelope, async () => { throw new Error('no such file') }, never)).toEqual({ kind: 'broken', problem: 'no such file' })
})

test('signs in as SMTP_URL says; a password that does not fit is put right, not the mail\'s fault', async () => {
  const guarded = await openSink(0, { user: 'help@example.com', password: 'p@ss:w/rd' })
  const as = (password: string) => openSmtp(`smtp://help%40example.com:${encodeURIComponent(password)}@127.0.0.1:${guarded.port}`, 'mail.example.com', { connectMs: 2_000, silenceMs: 1_000 })
  const [right, wrong] = [as('p@ss:w/rd'), as('guess')]
  expect(await wrong.send(envelope, mail, never)).toMatchObject({ kind: 'unreached', problem: expect.stringContaining('535') })
  expect(await right.send(envelope, mail, never)).toMatchObject({ kind: 'taken' })
  expect(guarded.kept).toHaveLength(1)
  right.close()
  wrong.close()
  await guarded.close()
})

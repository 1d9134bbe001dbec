import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSink, type Sink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { randomFrom, runFaults } from './faults.ts'

// The long loop is `npm run faults -- --kills N`; this one says that the loop itself works and that a few kills do no harm.

let sink: Sink
beforeAll(async () => { sink = await openSink() })
afterAll(() => sink.close())

test('killed three times under load: every accepted mail and reply is there once, and the log verifies', async () => {
  const { faults, figures } = await runFaults({ kills: 3, seed: 7, sink, waitForMails: false, log: () => {} })
  expect(faults).toEqual([])
  expect(figures['mails accepted']).toBeGreaterThan(10)
  expect(figures['replies accepted']).toBeGreaterThan(1)
}, 120_000)

test('the same seed gives the same run', () => {
  const [a, b] = [randomFrom(5), randomFrom(5)]
  expect(Array.from({ length: 5 }, a)).toEqual(Array.from({ length: 5 }, b))
  expect(new Set(Array.from({ length: 100 }, randomFrom(6))).size).toBe(100)
})

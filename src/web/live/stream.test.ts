import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveEvent } from './model.ts'
import { followStream } from './stream.ts'

const fact = (id: number) => `id: ${id}\nevent: fact\ndata: ${JSON.stringify({ id: String(id), kind: 'case.opened', refs: ['cases'] })}\n\n`
let asked: (string | null)[] = []
let stop: () => void = () => {}

beforeEach(() => {
  asked = []
  const target = new EventTarget()
  vi.stubGlobal('window', target)
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }))
})
// What was put in place of the browser stays until the file ends: a stream that was just told to stop still takes its leave of it.
afterEach(() => { stop(); vi.useRealTimers() })

/** A server: each connection gives these parts and then ends, stays open, answers with a status, or cannot be reached. */
function server(...connections: (string[] | 'stays' | 'lost' | number)[]) {
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    asked.push(new Headers(init.headers).get('last-event-id'))
    const connection = connections.shift() ?? 'stays'
    if (connection === 'lost') throw new TypeError('failed to fetch')
    if (typeof connection === 'number') return new Response('', { status: connection })
    const parts = connection === 'stays' ? [] : connection
    return new Response(new ReadableStream({
      start(controller) {
        parts.forEach((part) => controller.enqueue(new TextEncoder().encode(part)))
        if (connection !== 'stays') controller.close()
        init.signal?.addEventListener('abort', () => controller.error(new Error('aborted')))
      },
    }))
  })
}

function follow() {
  const heard: string[] = []
  let lastId: string | null = null
  const words = (event: LiveEvent) => (event.kind === 'fact' ? event.fact.id : event.kind)
  stop = followStream({
    opened: (resumed) => heard.push(resumed ? 'resumed' : 'opened'), lost: () => heard.push('lost'), refused: () => heard.push('refused'),
    event: (event, id) => { lastId = id ?? lastId; heard.push(words(event)) },
  }, () => lastId)
  return heard
}

test('a lost connection goes on behind the last fact that was heard', async () => {
  server([fact(1), fact(2).slice(0, 20), fact(2).slice(20)], 'lost', [fact(3)])
  const heard = follow()
  await vi.waitFor(() => expect(heard).toContain('3'), { timeout: 6_000 })
  expect(asked.slice(0, 3)).toEqual([null, '2', '2'])
  expect(heard.slice(0, 7)).toEqual(['opened', '1', '2', 'lost', 'lost', 'resumed', '3'])
})

test('nobody signed in: no further tries', async () => {
  server(401)
  const heard = follow()
  await vi.waitFor(() => expect(heard).toEqual(['refused']))
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(asked).toHaveLength(1)
})

test('a line that is dead without saying so is given up after its silence', async () => {
  vi.useFakeTimers()
  server('stays', [fact(1)])
  const heard = follow()
  await vi.advanceTimersByTimeAsync(39_000)
  expect(heard).toEqual(['opened'])
  await vi.advanceTimersByTimeAsync(3_000)
  expect(heard.slice(0, 3)).toEqual(['opened', 'lost', 'opened'])
})

test('told to stop, it stops', async () => {
  server([fact(1)], 'stays')
  const heard = follow()
  await vi.waitFor(() => expect(heard).toContain('1'))
  stop()
  await new Promise((resolve) => setTimeout(resolve, 900))
  expect(asked.length).toBeLessThanOrEqual(1)
})

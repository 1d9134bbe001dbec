import { afterAll, beforeAll, expect, test } from 'vitest'
import { readLive, type Reader } from '../src/platform/testing/reader.ts'
import { openWhole, type Whole } from './support/whole.ts'

let whole: Whole
beforeAll(async () => { whole = await openWhole() })
afterAll(() => whole.close())

async function ask(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${whole.url}/api/v1${path}`, { method, headers: { authorization: `Bearer ${whole.tokens.admin}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}
const openIn = (queue: string, subject: string) => ask('POST', '/cases', { subject, body: 'x', queue, customer: { email: 'ana@shop.example' } })
const casesOf = (reader: Reader) => reader.events.filter(({ data }) => data?.includes('"case.opened"')).map(({ data }) => JSON.parse(data ?? '').case)

test('a wall that goes up holds for the next case, in streams that were open before', async () => {
  const queue = await ask('POST', '/queues', { key: 'legal', name: 'Legal' })
  const [admin, agent] = [await readLive(whole.url, whole.tokens.admin), await readLive(whole.url, whole.tokens.agent)]
  const before = await openIn('legal', 'before')
  await expect.poll(() => casesOf(agent)).toEqual([before['number']])
  await ask('PATCH', `/queues/${String(queue['id'])}`, { walled: true })
  const behind = await openIn('legal', 'behind the wall')
  const after = await openIn('general', 'for everybody')
  await expect.poll(() => casesOf(admin)).toEqual([before['number'], behind['number'], after['number']])
  await expect.poll(() => casesOf(agent).at(-1)).toBe(after['number'])
  expect(casesOf(agent)).toEqual([before['number'], after['number']])
})

test('a token that is revoked ends its streams', async () => {
  const { id, token } = await ask('POST', '/tokens', { name: 'short', roles: ['agent'] })
  const reader = await readLive(whole.url, String(token))
  await ask('DELETE', `/tokens/${String(id)}`)
  await reader.ended
  await expect(readLive(whole.url, String(token))).rejects.toThrow('401')
})

test('the metrics count requests by route, without ids or words of people', async () => {
  await fetch(`${whole.url}/api/v1/cases/10001?q=ana@shop.example`, { headers: { authorization: `Bearer ${whole.tokens.admin}` } })
  await fetch(`${whole.url}/ana@shop.example`)
  const text = await (await fetch(`${whole.url}/metrics`)).text()
  expect(text).toMatch(/meridian_request_seconds_count\{route="\/api\/v1\/cases\/:number",method="GET",status="\d+"\} \d/)
  expect(text).toMatch(/meridian_jobs\{state="waiting"\} \d/)
  expect(text).not.toMatch(/10001|ana@/)
})

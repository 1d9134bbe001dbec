import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isHeld, takeLock } from './lock.ts'
import { folder } from './testing/kit.ts'

const place = () => {
  const dir = folder()
  mkdirSync(dir)
  return dir
}

test('is held until it is released, and then free', async () => {
  const dir = place()
  const release = await takeLock(dir)
  expect(isHeld(dir)).toBe(true)
  await expect(takeLock(dir)).rejects.toMatchObject({ code: 'taken' })
  release()
  expect(isHeld(dir)).toBe(false)
  expect(existsSync(join(dir, 'lock'))).toBe(false)
})

test.each([
  ['a process that is gone', '4194303 1 00000000-0000-0000-0000-000000000000'],
  ['a process id that was given to another program since', () => `${process.pid} 1 ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`],
  ['an earlier boot', () => `1 ${readFileSync('/proc/1/stat', 'utf8').split(' ')[21]} 00000000-0000-0000-0000-000000000000`],
  ['a crash while it was written', ''],
])('one left behind by %s is taken over', async (_name, holder) => {
  const dir = place()
  writeFileSync(join(dir, 'lock'), typeof holder === 'string' ? holder : holder())
  const release = await takeLock(dir)
  expect(isHeld(dir)).toBe(true)
  release()
})

test('a program that is just leaving is waited for', async () => {
  const dir = place()
  writeFileSync(join(dir, 'lock'), `1 ${readFileSync('/proc/1/stat', 'utf8').split(' ')[21]} ${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}`)
  let taken = false
  const waiting = takeLock(dir).finally(() => { taken = true })
  await sleep(300)
  expect(taken).toBe(false)
  writeFileSync(join(dir, 'lock'), 'gone')
  const release = await waiting
  expect(isHeld(dir)).toBe(true)
  release()
})

import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { refuse } from '../refusals.ts'

/** What argon2id costs: KiB of memory, passes over it, lanes (RFC 9106). */
export interface Cost {
  memory: number
  passes: number
  parallelism: number
}

/** OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane; about 25 ms on one core, so that a flood of attempts costs us little more than the senders. */
export const passwordCost: Cost = { memory: 19_456, passes: 2, parallelism: 1 }

export interface Passwords {
  hash(password: string): Promise<string>
  /**
   * Whether the password is the one of the hash, and whether the hash should be made anew because costs have changed since. Without a hash
   * (nobody has that name, or no password) the same work is done, and the answer is no.
   * @throws signIn.busy when too many wait already
   */
  check(password: string, hash: string | null): Promise<{ right: boolean; stale: boolean }>
}

const AT_ONCE = 2
const WAITING_MAX = 200
const SALT_BYTES = 16
const HASH_BYTES = 32
const derive = promisify(argon2)

/** Hashes passwords, two at a time: each takes a core and 19 MiB, and the threads belong to files and names of hosts, too. */
export async function openPasswords(cost: Cost = passwordCost): Promise<Passwords> {
  const turn = openTurnstile()
  const hash = async (password: string) => {
    const salt = randomBytes(SALT_BYTES)
    return phc(cost, salt, await turn(() => run(password, salt, cost, HASH_BYTES)))
  }
  const nobodys = await hash(randomBytes(SALT_BYTES).toString('hex'))
  return {
    hash,
    check: async (password, hashed) => {
      const parts = parsePhc(hashed ?? nobodys)
      const found = await turn(() => run(password, parts.salt, parts.cost, parts.hash.length))
      return { right: timingSafeEqual(found, parts.hash) && hashed !== null, stale: !sameCost(parts.cost, cost) }
    },
  }
}

/** The same word typed on two keyboards gives the same bytes (RFC 8265). */
const run = (password: string, nonce: Buffer, cost: Cost, tagLength: number) => derive('argon2id', { message: password.normalize('NFKC'), nonce, tagLength, ...cost })

const sameCost = (a: Cost, b: Cost) => a.memory === b.memory && a.passes === b.passes && a.parallelism === b.parallelism

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
const phc = (cost: Cost, salt: Buffer, hash: Buffer) => `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(salt)}$${unpadded(hash)}`

function parsePhc(text: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const found = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,})\$([A-Za-z0-9+/]{16,})$/.exec(text)
  if (!found) throw new Error('a password hash is in no form that this program writes')
  const [, memory, passes, parallelism, salt = '', hash = ''] = found
  return { cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

function openTurnstile() {
  const waiting: (() => void)[] = []
  let inside = 0
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (waiting.length >= WAITING_MAX) throw refuse('signIn.busy')
    if (inside >= AT_ONCE) await new Promise<void>((resolve) => { waiting.push(resolve) })
    else inside += 1
    try {
      return await task()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else inside -= 1
    }
  }
}

import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Db } from '../db/database.ts'
import { errno } from '../embedded/problem.ts'
import { StartProblem } from './problem.ts'

const FILE = 'secret-key'
const CHECK = 'installation.keyCheck'
const SHORTEST = 16

/** The key with which this installation encrypts what it must read again: SECRET_KEY, or one made once and kept under DATA_DIR. */
export function installationKey(given: string | null, dataDir: string): string {
  if (given === null) return keptKey(join(dataDir, FILE))
  if (given.length < SHORTEST) throw new StartProblem(`SECRET_KEY has ${given.length} characters; it needs at least ${SHORTEST}, made by chance`)
  return given
}

function keptKey(path: string): string {
  const kept = readIfThere(path)
  if (kept !== null) return kept
  const half = `${path}.${process.pid}`
  try {
    writeFileSync(half, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flush: true })
    linkWhole(half, path)
    return readIfThere(path) ?? ''
  } finally {
    rmSync(half, { force: true })
  }
}

/** A link appears whole or not at all, and never over a key that another start has made in the meantime. */
function linkWhole(half: string, path: string) {
  try {
    linkSync(half, path)
  } catch (error) {
    if (errno(error) !== 'EEXIST') throw error
  }
}

function readIfThere(path: string): string | null {
  try {
    const key = readFileSync(path, 'utf8').trim()
    if (key.length < SHORTEST) throw new StartProblem(`${path} holds no key; restore it from the backup of this DATA_DIR`)
    return key
  } catch (error) {
    if (errno(error) === 'ENOENT') return null
    throw error
  }
}

const checkOf = (key: string) => createHmac('sha256', key).update('meridian key check').digest('hex')

/**
 * Compares the key with the one that the database knows, which the first start leaves there as a hash: what one instance seals, the others
 * must be able to open. @throws StartProblem when it is another key.
 */
export async function requireSameKey(db: Db, key: string): Promise<void> {
  const check = checkOf(key)
  await db.insertInto('setting').values({ key: CHECK, value: JSON.stringify(check) }).onConflict((conflict) => conflict.doNothing()).execute()
  const known = await db.selectFrom('setting').select('value').where('key', '=', CHECK).executeTakeFirstOrThrow()
  if (typeof known.value === 'string' && known.value.length === check.length && timingSafeEqual(Buffer.from(known.value), Buffer.from(check))) return
  throw new StartProblem('the installation key is not the one of this database; give every instance the same SECRET_KEY, or the file secret-key from the DATA_DIR that first used it')
}

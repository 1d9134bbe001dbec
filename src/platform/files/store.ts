import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '../words.ts'
import { refuse, Refusal } from '../refusal.ts'

export interface StoredFile {
  sha256: string
  size: number
}

/** Contents under their own hash. An adapter for an object store has the same shape. */
export interface Files {
  /** Durable when it returns; the same content twice is kept once. @throws request.tooLarge beyond `bytesMax`. */
  put(content: Uint8Array | Readable, bytesMax?: number): Promise<StoredFile>
  /** @throws file.notFound */
  get(sha256: string): Promise<{ stream: Readable; size: number }>
}

const BYTES_MAX = 26_214_400

/** Keeps files under `root`/ab/cdef…: written beside, flushed, then renamed, so that a half-written file is never seen. */
export function filesOnDisk(root: string): Files {
  const placeOf = (sha256: string) => join(root, sha256.slice(0, 2), sha256.slice(2))
  return {
    put: async (content, bytesMax = BYTES_MAX) => {
      const beside = join(root, 'incoming', newId())
      await mkdir(dirname(beside), { recursive: true, mode: 0o700 })
      try {
        const stored = await writeDown(content instanceof Readable ? content : Readable.from([content]), beside, bytesMax)
        await settle(beside, placeOf(stored.sha256))
        return stored
      } finally {
        await rm(beside, { force: true })
      }
    },
    get: async (sha256) => {
      if (!/^[0-9a-f]{64}$/.test(sha256)) throw refuse('file.notFound')
      const place = placeOf(sha256)
      const { size } = await stat(place).catch(() => { throw refuse('file.notFound') })
      return { stream: createReadStream(place), size }
    },
  }
}

async function writeDown(content: Readable, path: string, bytesMax: number): Promise<StoredFile> {
  const hash = createHash('sha256')
  let size = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      size += chunk.length
      hash.update(chunk)
      next(size > bytesMax ? refuse('request.tooLarge', { bytesMax }) : null, chunk)
    },
  })
  try {
    await pipeline(content, measure, createWriteStream(path, { mode: 0o600, flush: true }))
  } catch (error) {
    if (size > bytesMax && !(error instanceof Refusal)) throw refuse('request.tooLarge', { bytesMax })
    throw error
  }
  return { sha256: hash.digest('hex'), size }
}

/** A name lasts once the folder that holds it is flushed; so does the name of a folder that was made for it. */
async function settle(from: string, to: string) {
  const made = await mkdir(dirname(to), { recursive: true, mode: 0o700 })
  await rename(from, to)
  await flush(dirname(to))
  if (made) await flush(dirname(made))
}

async function flush(path: string) {
  const folder = await open(path, 'r')
  await folder.sync().finally(() => folder.close())
}

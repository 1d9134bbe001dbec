import { Worker } from 'node:worker_threads'
import type { Format } from './formats.ts'

/** A file that takes longer or needs more is left unread. */
const TIME_MS_MAX = 15_000
const MEMORY_MB_MAX = 384

/** The text of a file, read apart from everything else, within bounds. @throws when it is broken, hostile, or too much. */
export function readApart(format: Format, content: Uint8Array, timeMsMax = TIME_MS_MAX): Promise<string> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { format, content }, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB_MAX }, stdout: true, stderr: true })
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('reading the file took too long')), timeMsMax)
    worker.once('message', (text) => resolve(String(text)))
    worker.once('error', reject)
    worker.once('exit', () => { clearTimeout(timer); reject(new Error('the file was not read to its end')) })
  }).finally(() => worker.terminate())
}

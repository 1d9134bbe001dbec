import { parentPort, workerData } from 'node:worker_threads'
import { textOf, type Format } from './formats.ts'

/** Reads one file and ends with its text. */
const given: { format: Format; content: Uint8Array } = workerData
parentPort?.postMessage(await textOf(given.format, given.content))

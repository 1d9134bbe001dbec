import { startEmbedded } from '../launcher.ts'
import { EmbeddedProblem } from '../problem.ts'

// A program for the tests to kill: `holder.ts DIR` keeps a database running and prints one line of JSON when it is ready.

const dir = process.argv[2] ?? ''
try {
  const embedded = await startEmbedded({ dir, volatile: true, log: () => {} })
  // Ctrl-C reaches the whole group of the terminal; this program lets it pass, so that the tests see what the database makes of it.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => void embedded.stop().then(() => process.exit(0)))
  setInterval(() => {}, 60_000)
  console.log(JSON.stringify({ ownerUrl: embedded.ownerUrl, pid: embedded.pid }))
} catch (error) {
  console.log(JSON.stringify(error instanceof EmbeddedProblem ? { problem: error.code, sentence: error.message } : { fault: String(error) }))
  process.exitCode = 1
}

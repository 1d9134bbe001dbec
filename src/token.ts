import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import {
  ConfigProblem, EmbeddedProblem, migrate, openDatabase, performer, prepareDataDir, readConfig, Refusal, roles, runningEmbedded, startEmbedded, StartProblem, system, systemClock,
  type Config, type Role,
} from '#platform'
import { createToken } from '#people'

/** What somebody typed wrongly: one clear line. */
class UsageProblem extends Error {}

const USAGE = 'npm run token -- --name NAME --role ROLE'
const PROGRAM_COMES_UP_WITHIN_MS = 60_000
const say = (line: string) => console.error(line)

function readWords(args: string[]): { name: string; roles: Role[] } {
  const { name, role: given } = valuesOf(args)
  if (!name?.trim()) throw new UsageProblem(`the token needs a name: ${USAGE}`)
  const words = (given ?? []).flatMap((text) => text.split(',')).map((word) => word.trim()).filter(Boolean)
  if (words.length === 0) throw new UsageProblem(`the token needs a role (${roles.join(', ')}): ${USAGE}`)
  return { name, roles: [...new Set(words)].map(roleOf) }
}

function valuesOf(args: string[]) {
  try {
    return parseArgs({ args, options: { name: { type: 'string' }, role: { type: 'string', multiple: true } } }).values
  } catch (error) {
    throw new UsageProblem(`${error instanceof Error ? error.message.split(/[.\n]/)[0] : String(error)}: ${USAGE}`)
  }
}

function roleOf(word: string): Role {
  const role = roles.find((known) => known === word)
  if (!role) throw new UsageProblem(`"${word}" is not a role; the roles are ${roles.join(', ')}`)
  return role
}

interface Reached {
  ownerUrl: string
  leave(): Promise<void>
}

/** The database of the program that runs, or else our own start of it, which ends with us. */
async function reachDatabase({ databaseUrl, dataDir }: Config): Promise<Reached> {
  const stay = async () => {}
  if (databaseUrl !== null) return { ownerUrl: databaseUrl, leave: stay }
  const dir = join(dataDir, 'postgres')
  for (const until = Date.now() + PROGRAM_COMES_UP_WITHIN_MS; ; await sleep(200)) {
    const running = runningEmbedded(dir)
    if (running !== null) return { ownerUrl: running, leave: stay }
    try {
      prepareDataDir(dataDir)
      const own = await startEmbedded({ dir, log: say })
      return { ownerUrl: own.ownerUrl, leave: own.stop }
    } catch (error) {
      // The program has the folder and is not up yet: its database soon is.
      if (!(error instanceof EmbeddedProblem && error.code === 'taken') || Date.now() > until) throw error
    }
  }
}

/** Makes the token. Its fact waits in the log until the program, which seals it, runs. */
async function makeToken(ownerUrl: string, words: { name: string; roles: Role[] }): Promise<string> {
  await migrate(ownerUrl)
  const { db, close } = openDatabase(ownerUrl, 1)
  try {
    const { secret } = await performer(db, systemClock, () => {})(system('token'), (work) => createToken(work, words))
    return secret
  } finally {
    await close()
  }
}

async function run(): Promise<void> {
  const words = readWords(process.argv.slice(2))
  const reached = await reachDatabase(readConfig(process.env, process.cwd()))
  try {
    console.log(await makeToken(reached.ownerUrl, words))
  } finally {
    await reached.leave()
  }
}

const problems = [UsageProblem, ConfigProblem, StartProblem, EmbeddedProblem, Refusal]

if (import.meta.main) {
  try {
    await run()
  } catch (error) {
    const forPeople = error instanceof Error && (problems.some((kind) => error instanceof kind) || 'code' in error)
    console.error(forPeople ? `no token was made: ${error.message || String(error)}` : error)
    process.exitCode = 1
  }
}

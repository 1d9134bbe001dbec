import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createToken } from '#people'
import { openDatabase, performer, readConfig, roles, system, systemClock, type Db, type Perform, type Role } from '#platform'
import { openProgram } from '../../src/program.ts'
import { cloneDatabase } from './world.ts'

/** The whole program in this process, without screens, on a database of its own, with a token for each role. */
export interface Whole {
  url: string
  smtpPort: number
  db: Db
  perform: Perform
  tokens: Readonly<Record<Role, string>>
  close(): Promise<void>
}

/** Starts it on free ports. `env` adds to and overrides the settings. */
export async function openWhole(env: Record<string, string> = {}): Promise<Whole> {
  const clone = await cloneDatabase()
  const dataDir = mkdtempSync(join(tmpdir(), 'meridian-whole-'))
  const settings = { DATABASE_URL: clone.ownerUrl, DATA_DIR: dataDir, PORT: '0', SMTP_PORT: '0', DEMO: '0', LOG_LEVEL: 'silent', ...env }
  const program = await openProgram(readConfig(settings, '/'), { say: () => {}, screens: false })
  const { db, close } = openDatabase(clone.ownerUrl, 3)
  const perform = performer(db, systemClock, () => {})
  const tokenFor = async (role: Role) => (await perform(system('test'), (work) => createToken(work, { name: role, roles: [role] }))).secret
  const [admin, lead, agent, analyst, planner, partner] = await Promise.all(roles.map(tokenFor))
  return {
    url: program.url, smtpPort: program.smtpPort, db, perform,
    tokens: { admin: admin ?? '', lead: lead ?? '', agent: agent ?? '', analyst: analyst ?? '', planner: planner ?? '', partner: partner ?? '' },
    close: async () => {
      await program.stop()
      await close()
      await clone.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { openDatabase, performer, type Db, type Perform } from '#platform'
import { testClock, type TestClock } from './clock.ts'
import { runSql, withDatabase } from './cluster.ts'

export interface Clone {
  /** As the owner of the tables: for migrating, and for tests that tamper. */
  ownerUrl: string
  /** The same database as the limited role in which the program works. */
  appUrl: string
  drop(): Promise<void>
}

/** An empty, migrated database of one's own, a clone of the run's template (about 0.1 s). */
export async function cloneDatabase(): Promise<Clone> {
  const { serverUrl, template } = inject('world')
  return createDatabase(serverUrl, template)
}

/** A database with nothing in it, for tests of the migrations themselves. */
export async function emptyDatabase(): Promise<Clone> {
  return createDatabase(inject('world').serverUrl, 'template0')
}

async function createDatabase(serverUrl: string, template: string): Promise<Clone> {
  const name = `meridian_test_${randomBytes(6).toString('hex')}`
  await runSql(serverUrl, `create database ${name} template ${template}`)
  const ownerUrl = withDatabase(serverUrl, name)
  const appUrl = new URL(ownerUrl)
  appUrl.searchParams.set('options', '-c role=meridian_app')
  return { ownerUrl, appUrl: appUrl.href.replaceAll('+', '%20'), drop: () => runSql(serverUrl, `drop database if exists ${name} with (force)`) }
}

/** What most tests of verbs want: a database, the function that runs verbs on it, and a clock to move. */
export interface World extends Clone {
  db: Db
  perform: Perform
  clock: TestClock
  /** How often facts have been committed. */
  told(): number
  close(): Promise<void>
}

export async function openWorld({ connections = 5, start }: { connections?: number; start?: Date | string } = {}): Promise<World> {
  const clone = await cloneDatabase()
  const { db, close } = openDatabase(clone.ownerUrl, connections)
  const clock = testClock(start)
  let told = 0
  return {
    ...clone, db, clock, perform: performer(db, clock, () => { told += 1 }), told: () => told,
    close: async () => {
      await close()
      await clone.drop()
    },
  }
}


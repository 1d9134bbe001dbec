import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cloneDatabase } from '../test/support/world.ts'
import { runSql } from '../test/support/cluster.ts'
import { tablesFile, tablesSource } from './tables.ts'

test('migrations/tables.ts says what the migrations make (else: npm run tables)', async () => {
  const database = await cloneDatabase()
  const source = tablesSource(database.ownerUrl)
  await runSql(database.ownerUrl, 'create table planted (id bigint primary key, at timestamptz not null, data jsonb)')
  const changed = tablesSource(database.ownerUrl)
  await database.drop()
  expect(readFileSync(tablesFile, 'utf8')).toBe(source)
  expect(changed).toMatch(/interface Planted \{\s+at: Timestamp;\s+data: Json \| null;\s+id: number;/)
})

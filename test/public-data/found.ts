import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Where data for tests lies that is not ours to copy: `SHARED_DATA`, or beside the repository. Null when it is absent; tests are skipped then. */
export const publicData: string | null = [process.env['SHARED_DATA'] ?? join(import.meta.dirname, '../../../shared/data')].find((path) => existsSync(path)) ?? null

if (publicData === null) console.log('public data absent')

/** Every file below a folder of it, by its path from there, in order. */
export function filesBelow(folder: string): string[] {
  if (publicData === null) return []
  const root = join(publicData, folder)
  return readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).sort()
}

/** The path of a file of it. */
export const placeOf = (...parts: string[]): string => join(publicData ?? '', ...parts)

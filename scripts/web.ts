import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, chmodSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants as zlib, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const CONFIGURATION = ['vite.config.ts', 'package-lock.json']
const AS_THEY_ARE = 'src/web/public'
const STAMP = '.inputs.json'
const COMPRESSIBLE = /\.(js|css|html|svg|json|txt|webmanifest)$/
const SMALLEST_COMPRESSED = 1_024
/** Another instance may still serve the one before. */
const KEPT = 3

export interface Screens {
  folder: string
  /** False when what lay there was made of the same sources. */
  built: boolean
}

/** The sources of the screens are broken; the message has the bundler's own words. */
export class ScreensProblem extends Error {}

/**
 * Finds the screens built from the sources as they are now, or builds them: below dist/web, and where the checkout cannot be written, below
 * `otherwise`. Each build has a folder of its own that appears whole, so two starts at once do not collide.
 * @throws ScreensProblem
 */
export async function builtScreens(otherwise: string, say: (line: string) => void = () => {}): Promise<Screens> {
  const places = [join(root, 'dist/web'), otherwise]
  const found = places.flatMap(buildsIn).find(isCurrent)
  if (found) return { folder: found, built: false }
  say('building the screens ...')
  const place = places.find(isWritable) ?? otherwise
  const half = mkdtempSync(join(place, '.half-'))
  try {
    await inProcessOfItsOwn(half)
    const folder = join(place, `${Date.now()}-${process.pid}`)
    chmodSync(half, 0o755)
    renameSync(half, folder)
    for (const old of buildsIn(place).slice(KEPT)) rmSync(old, { recursive: true, force: true })
    return { folder, built: true }
  } finally {
    rmSync(half, { recursive: true, force: true })
  }
}

/** Newest first. */
function buildsIn(place: string): string[] {
  const names = existsSync(place) ? readdirSync(place).filter((name) => /^\d+-\d+$/.test(name)) : []
  return names.sort((a, b) => Number.parseInt(b) - Number.parseInt(a)).map((name) => join(place, name))
}

/** Whether every file that went into a build is as it was then; what was not in it then can only come in through one that was. */
function isCurrent(folder: string): boolean {
  try {
    const inputs: Record<string, string> = JSON.parse(readFileSync(join(folder, STAMP), 'utf8'))
    return Object.entries(inputs).every(([path, print]) => fingerprint(join(root, path)) === print)
  } catch {
    return false
  }
}

const fingerprint = (path: string) => createHash('sha256').update(readFileSync(path)).digest('base64url')

function isWritable(place: string): boolean {
  try {
    mkdirSync(place, { recursive: true })
    accessSync(place, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** The bundler takes much memory, which a process of its own gives back; it also leaves the caller free to start the database meanwhile. */
async function inProcessOfItsOwn(folder: string) {
  const child = spawn(process.execPath, [import.meta.filename, folder], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'production' } })
  const onExit = () => child.kill('SIGKILL')
  process.once('exit', onExit)
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString() })
  const status = await new Promise<number | null>((resolve) => { child.once('error', () => resolve(null)).once('close', resolve) })
  process.off('exit', onExit)
  if (status !== 0) throw new ScreensProblem(`the screens cannot be built:\n${said.trim()}`)
}

async function build(folder: string) {
  const { build: bundle, mergeConfig } = await import('vite')
  const inputs = new Set([...CONFIGURATION, ...filesBelow(join(root, AS_THEY_ARE)).map((path) => relative(root, path))])
  const note = {
    name: 'note-inputs',
    buildEnd(this: { getModuleIds(): IterableIterator<string> }) {
      for (const id of this.getModuleIds()) {
        const path = relative(root, id.replace(/\?.*$/, ''))
        if (path.startsWith('src/') && existsSync(join(root, path))) inputs.add(path)
      }
    },
  }
  // Read by ourselves: the bundler would write a copy of it among the packages, which may belong to somebody else.
  const { default: configuration } = await import('../vite.config.ts')
  await bundle(mergeConfig(configuration, { configFile: false, plugins: [note], build: { outDir: folder } }))
  for (const path of filesBelow(folder)) compress(path)
  writeFileSync(join(folder, STAMP), JSON.stringify(Object.fromEntries([...inputs].map((path) => [path, fingerprint(join(root, path))]))))
}

const filesBelow = (folder: string) => !existsSync(folder) ? [] :
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))

/** Once here rather than at every request; the server takes the kind that the browser understands. */
function compress(path: string) {
  if (!COMPRESSIBLE.test(path) || statSync(path).size < SMALLEST_COMPRESSED) return
  const content = readFileSync(path)
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(`${path}.br`, brotliCompressSync(content, { params: { [zlib.BROTLI_PARAM_QUALITY]: 9, [zlib.BROTLI_PARAM_SIZE_HINT]: content.length } }))
}

if (import.meta.main) {
  const [folder] = process.argv.slice(2)
  if (folder) await build(folder)
  else console.log((await builtScreens(join(root, '.data/web'), console.log)).folder)
}

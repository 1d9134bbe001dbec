// Brings the dependencies before anything else runs: `npm start` and `npm test` call it first. Plain JavaScript and no packages, because it
// runs on whatever Node the system has (18 or later); the Node that Meridian itself runs on is among the dependencies.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST_NODE = [22, 18]
const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..'))
const stamp = join(root, 'node_modules/.installed-for')

/** What an install depends on: the lockfile, the wished versions, and the kind of machine. */
function fingerprint() {
  const wished = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const lockfile = join(root, 'package-lock.json')
  return createHash('sha256')
    .update(existsSync(lockfile) ? readFileSync(lockfile) : 'none')
    .update(JSON.stringify([wished.dependencies, wished.devDependencies, wished.optionalDependencies, process.platform, process.arch]))
    .digest('hex')
}

/** npm writes its own list last, so an install that was interrupted has none. */
function isCurrent() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === fingerprint()
  return matchesLockfile()
}

/** Somebody ran npm by hand: then what lies there is compared, package by package. */
function matchesLockfile() {
  const packagesIn = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {})
  const installed = packagesIn(join(root, 'node_modules/.package-lock.json'))
  const wanted = Object.entries(packagesIn(join(root, 'package-lock.json'))).filter(([path, entry]) => path !== '' && !entry.optional)
  return wanted.length > 0 && wanted.every(([path, entry]) => installed[path]?.version === entry.version)
}

function install() {
  const began = Date.now()
  console.log('installing dependencies (only the first time, and after they change) ...')
  rmSync(stamp, { force: true })
  const clean = existsSync(join(root, 'package-lock.json')) ? npm('ci') : { ok: false, said: '' }
  // A registry that lacks packages for other kinds of machine leaves the lockfile incomplete, which only `npm install` accepts.
  const outcome = clean.ok ? clean : npm('install', '--no-save')
  if (!outcome.ok) fail(`${clean.said}${outcome.said}\nthe dependencies could not be installed; npm says why above`)
  console.log(`dependencies installed by npm ${clean.ok ? 'ci' : 'install'} in ${Math.round((Date.now() - began) / 1000)} s`)
}

/** A checkout that this account may only read is looked at anew each time. */
function noteInstalled() {
  try {
    writeFileSync(stamp, fingerprint())
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes(error.code)) throw error
  }
}

function npm(...args) {
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
  const run = spawnSync('npm', [...args, ...quiet], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  return { ok: run.status === 0, said: `${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}` }
}

/** One install at a time: npm replaces node_modules, and two of them would take each other's files away. */
function withLock(work) {
  const lock = join(tmpdir(), `meridian-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`)
  let said = false
  while (!takeLock(lock)) {
    if (!said) console.log('another install is under way; waiting for it')
    said = true
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200)
  }
  try {
    work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

function takeLock(lock) {
  try {
    mkdirSync(lock)
    writeFileSync(join(lock, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    if (isAbandoned(lock)) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

function isAbandoned(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')) || 0, 0)
    return false
  } catch (error) {
    // ENOENT: its owner is between making the folder and writing its id, or is just leaving.
    return error.code === 'ESRCH'
  }
}

function fail(sentence) {
  console.error(sentence)
  process.exitCode = 1
  throw new Error(sentence)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const ownIsEnough = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
  if (!existsSync(join(root, 'node_modules/.bin/node')) && !ownIsEnough) {
    fail(`there is no Node ${OLDEST_NODE.join('.')} or later in the packages for ${process.platform} on ${process.arch}, and this is ${process.versions.node}; install a newer Node`)
  }
}

try {
  if (!isCurrent()) withLock(() => { if (!isCurrent()) install() })
  if (!existsSync(stamp)) noteInstalled()
  checkNode()
} catch (error) {
  if (!process.exitCode) console.error(`the dependencies could not be looked at: ${error.message}`)
  process.exit(1)
}

import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inflate } from '@sparticuz/chromium'

/** How to launch the browser of the journeys, as Playwright's `launchOptions` take it. */
export interface Browser {
  executablePath: string
  args: string[]
  env: Record<string, string>
}

const bundle = join(import.meta.dirname, '../node_modules/@sparticuz/chromium')
const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']

/** A browser that talks to nobody but the page: no updates, no reports, no pings. Its own sandbox needs rights that root and containers lack. */
const FLAGS = [
  '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-domain-reliability', '--disable-sync',
  '--disable-default-apps', '--disable-client-side-phishing-detection', '--no-first-run', '--no-pings', '--metrics-recording-only',
  '--font-render-hinting=none', '--disable-dev-shm-usage', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
]

/**
 * Finds a browser that really starts: CHROME_BIN if given, the one among the packages, an installed one, and as root on Debian apt's.
 * @throws with one sentence when there is none.
 */
export async function browser(log: (line: string) => void = () => {}): Promise<Browser> {
  const given = process.env['CHROME_BIN']
  if (given) return starting(given, {}) ?? none(`CHROME_BIN is ${given}, which does not start`)
  const bundled = await fromPackages().catch((error: unknown) => void log(`the browser among the packages cannot be unpacked: ${String(error)}`))
  return bundled ?? installed() ?? fromDebian(log) ?? none('no browser starts on this machine; install chromium or name one with CHROME_BIN')
}

function none(sentence: string): never {
  throw new Error(sentence)
}

function starting(executablePath: string, env: Record<string, string>): Browser | null {
  const tried = spawnSync(executablePath, ['--version', '--no-sandbox'], { env: { ...environment(), ...env }, encoding: 'utf8', timeout: 20_000 })
  return tried.status === 0 && /\d/.test(tried.stdout) ? { executablePath, args: FLAGS, env: { ...environment(), ...env } } : null
}

const environment = () => Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))

const installed = () => INSTALLED.filter((path) => existsSync(path)).map((path) => starting(path, {})).find((found) => found !== null)

/** Unpacked once into a folder of our own; appears whole or not at all, so two runs at once or an interrupted one do no harm. */
async function fromPackages(): Promise<Browser | null> {
  const version: { version: string } = JSON.parse(readFileSync(join(bundle, 'package.json'), 'utf8'))
  const folder = join(cacheFolder(), `chromium-${version.version}`)
  if (!existsSync(folder)) await unpackInto(folder)
  const libraries = [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
  const executable = join(folder, 'chromium')
  const fonts = { FONTCONFIG_PATH: join(folder, 'fonts') }
  // The system's own libraries first: the ones that come along are for machines that lack them.
  return starting(executable, fonts) ?? starting(executable, { ...fonts, LD_LIBRARY_PATH: libraries })
}

async function unpackInto(folder: string) {
  mkdirSync(dirname(folder), { recursive: true })
  const half = mkdtempSync(`${folder}.half-`)
  const before = process.env['TMPDIR']
  // The package unpacks into the temporary folder, where anybody could have put another program under the same name.
  process.env['TMPDIR'] = half
  try {
    for (const part of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) await inflate(join(bundle, 'bin', part))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
  writeFileSync(join(half, 'fonts/fonts.conf'), fontConfiguration(folder))
  try {
    renameSync(half, folder)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The system's fonts and the one that comes along, for machines without any. */
const fontConfiguration = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${folder}/fonts/fonts</dir>
  <cachedir>${folder}/fonts-cache</cachedir>
</fontconfig>
`

/** Beside the packages; where they belong to another account, in this one's own cache. */
function cacheFolder(): string {
  const beside = join(import.meta.dirname, '../node_modules')
  const places = [beside, homedir()].filter(isWritable)
  return places[0] ? join(places[0], '.cache/meridian') : mkdtempSync(join(tmpdir(), 'meridian-browser-'))
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function fromDebian(log: (line: string) => void): Browser | null {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  log('installing chromium from Debian ...')
  const apt = (...args: string[]) => spawnSync('apt-get', ['-qq', '-y', ...args], { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  apt('update')
  apt('install', '--no-install-recommends', 'chromium')
  return installed() ?? null
}

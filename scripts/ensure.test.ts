import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const script = join(import.meta.dirname, 'ensure.mjs')

/** A package with one dependency that lies beside it, so that installing needs no network. */
function freshCopy(): string {
  const root = mkdtempSync(join(tmpdir(), 'meridian-ensure-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(join(root, 'leaf'))
  writeFileSync(join(root, 'leaf/package.json'), JSON.stringify({ name: 'leaf', version: '1.0.0' }))
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'copy', version: '1.0.0', dependencies: { leaf: 'file:leaf' } }))
  spawnSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { cwd: root })
  return root
}

const ensure = (root: string) => spawnSync(process.execPath, [script, root], { encoding: 'utf8' })
const installed = (root: string) => JSON.parse(readFileSync(join(root, 'node_modules/leaf/package.json'), 'utf8')).name

test('a fresh copy is installed and says so; the next time there is nothing to do', () => {
  const root = freshCopy()
  const first = ensure(root)
  expect([first.status, first.stdout]).toEqual([0, expect.stringMatching(/^installing dependencies[^]*dependencies installed by npm ci in \d+ s/)])
  expect(installed(root)).toBe('leaf')
  const second = ensure(root)
  expect([second.status, second.stdout]).toEqual([0, ''])
})

test('a changed lockfile or an interrupted install is installed again, one by hand is accepted', () => {
  const root = freshCopy()
  ensure(root)
  const lockfile = join(root, 'package-lock.json')
  writeFileSync(lockfile, `${readFileSync(lockfile, 'utf8')}\n`)
  expect(ensure(root).stdout).toContain('installing')
  rmSync(join(root, 'node_modules/.package-lock.json'))
  expect(ensure(root).stdout).toContain('installing')
  rmSync(join(root, 'node_modules/.installed-for'))
  expect([ensure(root).stdout, installed(root)]).toEqual(['', 'leaf'])
})

test('a lockfile that does not fit falls back to npm install', () => {
  const root = freshCopy()
  rmSync(join(root, 'package-lock.json'))
  const outcome = ensure(root)
  expect([outcome.status, installed(root)]).toEqual([0, 'leaf'])
  expect(outcome.stdout).toContain('by npm install')
})

test('two at once: one installs, the other waits, both end well', async () => {
  const root = freshCopy()
  const run = () => new Promise<[number | null, string]>((resolve) => {
    const child = spawn(process.execPath, [script, root])
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => { said += chunk.toString() })
    child.once('close', (status) => resolve([status, said]))
  })
  const outcomes = await Promise.all([run(), run()])
  expect(outcomes.map(([status]) => status)).toEqual([0, 0])
  expect(outcomes.map(([, said]) => said).join('').match(/installing/g)).toHaveLength(1)
  expect(installed(root)).toBe('leaf')
})

test('what cannot be installed gives one clear line and exit code 1', () => {
  const root = freshCopy()
  rmSync(join(root, 'leaf'), { recursive: true })
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'copy', dependencies: { leaf: 'file:leaf.tgz' } }))
  const outcome = ensure(root)
  expect([outcome.status, outcome.stderr.trim().split('\n').at(-1)]).toEqual([1, 'the dependencies could not be installed; npm says why above'])
})

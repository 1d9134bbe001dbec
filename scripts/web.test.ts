import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'

const root = join(import.meta.dirname, '..')

/** A checkout with a page of one line, whose packages are this one's. */
function checkout(): string {
  const copy = mkdtempSync(join(tmpdir(), 'meridian-web-'))
  onTestFinished(() => rmSync(copy, { recursive: true, force: true }))
  for (const name of ['package.json', 'package-lock.json', 'vite.config.ts', 'scripts/web.ts']) cpSync(join(root, name), join(copy, name))
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  mkdirSync(join(copy, 'src'))
  writeFileSync(join(copy, 'src/index.html'), '<!doctype html><title>Page</title><script type="module" src="/screens.ts"></script>')
  writeFileSync(join(copy, 'src/screens.ts'), `import './screens.css'\nimport { words } from './words.ts'\ndocument.title = words + '${'x'.repeat(2_000)}'`)
  writeFileSync(join(copy, 'src/words.ts'), `export const words = 'first words'`)
  writeFileSync(join(copy, 'src/screens.css'), 'body { color: teal }')
  writeFileSync(join(copy, 'src/server.ts'), 'export const server = 1')
  return copy
}

const build = (copy: string) => new Promise<{ status: number | null; said: string[]; folder: string }>((resolve) => {
  const child = spawn(process.execPath, [join(copy, 'scripts/web.ts')], { stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { text += chunk.toString() })
  child.once('close', (status) => resolve({ status, said: text.trim().split('\n').slice(0, -1), folder: text.trim().split('\n').at(-1) ?? '' }))
})
const scriptIn = (folder: string) => readFileSync(join(folder, 'assets', readdirSync(join(folder, 'assets')).find((name) => name.endsWith('.js')) ?? ''), 'utf8')

test('the screens are built once, and again only when what went into them has changed', async () => {
  const copy = checkout()
  const first = await build(copy)
  expect([first.status, first.said]).toEqual([0, ['building the screens ...']])
  expect(scriptIn(first.folder)).toContain('first words')
  const packed = readdirSync(join(first.folder, 'assets')).find((name) => name.endsWith('.js.br')) ?? ''
  expect(brotliDecompressSync(readFileSync(join(first.folder, 'assets', packed))).toString()).toBe(scriptIn(first.folder))
  expect(await build(copy)).toEqual({ status: 0, said: [], folder: first.folder })
  writeFileSync(join(copy, 'src/server.ts'), 'export const server = 2')
  expect((await build(copy)).folder).toBe(first.folder)
  writeFileSync(join(copy, 'src/words.ts'), `export const words = 'other words'`)
  const second = await build(copy)
  expect([second.said, scriptIn(second.folder).includes('other words'), scriptIn(first.folder).includes('first words')]).toEqual([['building the screens ...'], true, true])
  writeFileSync(join(copy, 'src/words.ts'), `export const words = 'first words'`)
  expect((await build(copy)).folder).toBe(first.folder)
})

test('two starts at once each get whole screens, and nothing half stays', async () => {
  const copy = checkout()
  const built = await Promise.all([build(copy), build(copy)])
  expect(built.map(({ status }) => status)).toEqual([0, 0])
  for (const { folder } of built) expect(scriptIn(folder)).toContain('first words')
  expect(readdirSync(join(copy, 'dist/web')).filter((name) => !/^\d+-\d+$/.test(name))).toEqual([])
})

test('sources that cannot be built say where, and leave nothing', async () => {
  const copy = checkout()
  writeFileSync(join(copy, 'src/words.ts'), 'export const words = (')
  const { status, said, folder } = await build(copy)
  expect([status, [...said, folder].join('\n')]).toEqual([1, expect.stringMatching(/the screens cannot be built:[^]*words\.ts/)])
  expect(readdirSync(join(copy, 'dist/web'))).toEqual([])
})

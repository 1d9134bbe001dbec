import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, type ESTree } from 'vite'

type Comment = ReturnType<typeof parseSync>['comments'][number]

/** One import or re-export of a file. */
export interface Arrow {
  specifier: string
  /** Erased before the program runs. */
  typeOnly: boolean
  line: number
}

/** A file of ours, parsed (by oxc, which comes with the bundler; the compiler's own parser has no JavaScript interface). */
export interface Source {
  /** From the repository's root, with forward slashes. */
  path: string
  text: string
  lines: number
  program: ESTree.Program
  comments: readonly Comment[]
  arrows: readonly Arrow[]
  /** The line, counted from 1, of a position in the text. */
  lineOf(position: number): number
}

const root = join(import.meta.dirname, '../..')
const FOLDERS = ['src', 'scripts', 'bench', 'test', 'migrations']

/** All TypeScript and JavaScript of the repository. */
export function readSources(): Source[] {
  return FOLDERS.flatMap((folder) => filesUnder(folder, /\.(ts|tsx|mjs|js)$/)).map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')))
}

/** The paths under a folder of the repository whose names match; none when the folder is not there. */
export function filesUnder(folder: string, name: RegExp): string[] {
  try {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile() && name.test(entry.name)).map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1)).sort()
  } catch {
    return []
  }
}

export function sourceOf(path: string, text: string): Source {
  const { program, comments, module, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const lineOf = lineFinder(text)
  const imports = module.staticImports.map((item) => ({
    specifier: item.moduleRequest.value, line: lineOf(item.start), typeOnly: isTypeOnly(text, item.start, item.entries.map((entry) => entry.isType)),
  }))
  const again = module.staticExports.flatMap((item) => {
    const specifier = item.entries.find((entry) => entry.moduleRequest)?.moduleRequest?.value
    return specifier ? [{ specifier, line: lineOf(item.start), typeOnly: item.entries.every((entry) => entry.isType) }] : []
  })
  const dynamic = module.dynamicImports.flatMap((item) => {
    const literal = /^(['"`])(.*)\1$/.exec(text.slice(item.moduleRequest.start, item.moduleRequest.end))
    return literal?.[2] ? [{ specifier: literal[2], line: lineOf(item.start), typeOnly: false }] : []
  })
  return { path, text, lines: text.replace(/\n$/, '').split('\n').length, program, comments, arrows: [...imports, ...again, ...dynamic], lineOf }
}

/** `import type { A }` and `import { type A }` are erased; `import 'x'` is not. */
const isTypeOnly = (text: string, start: number, entries: boolean[]) =>
  /^import\s+type\s/.test(text.slice(start, start + 20)) || (entries.length > 0 && entries.every(Boolean))

function lineFinder(text: string): (position: number) => number {
  const starts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)]
  return (position) => {
    const after = starts.findIndex((start) => start > position)
    return after === -1 ? starts.length : after
  }
}

export const isTest = (path: string) => /\.test\.tsx?$|(^|\/)testing\/|^test\//.test(path)

import { basename } from 'node:path'
import { Visitor, type ESTree } from 'vite'
import type { Source } from './source.ts'

const FILE_LINES_MAX = 300
const FUNCTION_LINES_MAX = 60
const EMPTY_NAMES = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'shared', 'types', 'misc'])

/** Written by a program, so measured by nobody. */
const GENERATED = new Set(['migrations/tables.ts'])

/** The few places where `any` is right, each with its reason. There is none for a cast. */
const ANY_ALLOWED: Record<string, string> = {
  'src/platform/http/route.ts': 'one table holds routes of all shapes; a handler takes its own params, and no common supertype can be called',
  'src/platform/http/handle.ts': 'calls the routes of that table after their schemas have checked the request',
}

/** What a file does against the rules of form in CONTRIBUTING.md, as `path:line what`. */
export function untidy(source: Source): string[] {
  if (GENERATED.has(source.path)) return []
  const findings: { position: number; what: string }[] = [...longFile(source.lines), ...emptyName(source.path)]
  const find = (position: number, what: string) => void findings.push({ position, what })
  const measure = (node: ESTree.Function | ESTree.ArrowFunctionExpression) => {
    const lines = source.lineOf(node.end) - source.lineOf(node.start) + 1
    if (lines > FUNCTION_LINES_MAX && !groupings(source).has(node.start) && !isTable(node)) find(node.start, `a function of ${lines} lines (at most ${FUNCTION_LINES_MAX})`)
  }
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
    TSAnyKeyword: (node) => { if (!(source.path in ANY_ALLOWED)) find(node.start, 'any') },
    TSTypeAssertion: (node) => find(node.start, 'a cast'),
    TSAsExpression: (node) => {
      if (!isConst(node.typeAnnotation)) find(node.start, 'a cast (as)')
    },
    ExportAllDeclaration: (node) => {
      if (!node.exported) find(node.start, 'export * (a door is a short explicit list)')
    },
  }).visit(source.program)
  for (const arrow of source.arrows) {
    if (/^\.\.?\//.test(arrow.specifier) && !/\.(tsx?|mjs|css|json|svg)(\?\w+)?$/.test(arrow.specifier)) findings.push({ position: 0, what: `the import ${arrow.specifier} does not end in .ts or .tsx` })
  }
  return findings.map(({ position, what }) => `${source.path}:${source.lineOf(position)} ${what}`)
}

const longFile = (lines: number) => (lines > FILE_LINES_MAX ? [{ position: 0, what: `${lines} lines (at most ${FILE_LINES_MAX})` }] : [])

/** Names that say nothing, of the file or of one of its folders. */
function emptyName(path: string): { position: number; what: string }[] {
  const names = path.split('/').map((part) => part.replace(/\..*$/, '').toLowerCase())
  const empty = names.find((name) => EMPTY_NAMES.has(name))
  return empty ? [{ position: 0, what: `the name "${empty}" says nothing` }] : []
}

const isConst = (type: ESTree.TSType) => type.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && type.typeName.name === 'const'

/** A function whose whole body is one object is a table (of routes, of jobs, of verbs); its entries are measured one by one. */
export function isTable(node: ESTree.Function | ESTree.ArrowFunctionExpression): boolean {
  if (node.type !== 'ArrowFunctionExpression') return false
  const body = node.body.type === 'ParenthesizedExpression' ? node.body.expression : node.body
  return body.type === 'ObjectExpression'
}

const groupingsOf = new WeakMap<Source, Set<number>>()

/** `describe` only groups tests, so where its callbacks begin is remembered and they are not measured. */
function groupings(source: Source): Set<number> {
  const known = groupingsOf.get(source)
  if (known) return known
  const starts = new Set<number>()
  if (/\.test\.tsx?$/.test(basename(source.path))) {
    new Visitor({
      CallExpression: (node) => {
        if (/^describe\b/.test(source.text.slice(node.callee.start, node.callee.end))) for (const argument of node.arguments) starts.add(argument.start)
      },
    }).visit(source.program)
  }
  groupingsOf.set(source, starts)
  return starts
}

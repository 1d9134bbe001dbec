import { dirname, join } from 'node:path'
import type { ESTree } from 'vite'
import type { Source } from './source.ts'
import { isTable } from './tidy.ts'

/** The doors whose exports lack a doc comment where they are declared: what leaves a room is explained to those outside of it. */
export function silentExports(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]))
  return sources.filter((source) => /^src\/[a-z]+\/index\.tsx?$/.test(source.path)).flatMap((door) => [...exportsOf(door)].flatMap(({ name, from }) => {
    const place = byPath.get(join(dirname(door.path), from))
    const declared = place && declarations(place).get(name)
    return place && declared && declared.weighty && !declared.documented ? [`${place.path}:${place.lineOf(declared.start)} ${name} leaves the room without a doc comment`] : []
  }))
}

function exportsOf(door: Source): { name: string; from: string }[] {
  return door.program.body.flatMap((node) => (node.type === 'ExportNamedDeclaration' && node.source
    ? node.specifiers.map((specifier) => ({ name: nameOf(specifier.local), from: node.source?.value ?? '' })) : []))
}

const nameOf = (node: ESTree.ModuleExportName) => (node.type === 'Literal' ? node.value : node.name)

interface Declared { start: number; documented: boolean; weighty: boolean }

/** Exported functions and classes by name. Types, constants and tables (routes, jobs) explain themselves by their members. */
function declarations(source: Source): Map<string, Declared> {
  const found = new Map<string, Declared>()
  for (const node of source.program.body) {
    if (node.type !== 'ExportNamedDeclaration' || !node.declaration) continue
    const documented = hasDocComment(source, node.start)
    for (const { name, weighty } of namesIn(node.declaration)) found.set(name, { start: node.start, documented, weighty })
  }
  return found
}

function namesIn(node: ESTree.Declaration): { name: string; weighty: boolean }[] {
  if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') return node.id ? [{ name: node.id.name, weighty: true }] : []
  if (node.type !== 'VariableDeclaration') return []
  return node.declarations.flatMap(({ id, init }) => (id.type === 'Identifier' ? [{ name: id.name, weighty: init?.type === 'ArrowFunctionExpression' && !isTable(init) }] : []))
}

/** Right above, or at most the last thing before it. */
const hasDocComment = (source: Source, start: number) => source.comments.some((comment) =>
  comment.type === 'Block' && comment.value.startsWith('*') && comment.end <= start && source.text.slice(comment.end, start).trim() === '')

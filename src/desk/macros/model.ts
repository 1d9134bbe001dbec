import type { Actor } from '#platform'
import type { CaseAction } from '../actions/model.ts'
import { unknownIn } from '../snippets/model.ts'

/** Snippets and macros: what one says and does again and again, by a short name. Also runs in the browser. */

export const macroKinds = ['snippet', 'macro'] as const
export type MacroKind = (typeof macroKinds)[number]
export const macroScopes = ['mine', 'team', 'everybody'] as const
export type MacroScope = (typeof macroScopes)[number]

/** To whom something belongs: exactly one of them is set for `mine` and `team`, none for `everybody`. */
export interface Belonging {
  scope: MacroScope
  ownerId: string | null
  teamId: string | null
}

type Who = Pick<Actor, 'kind' | 'id' | 'roles' | 'teamId'>

/** Whether somebody finds it when they write: their own, their team's, everybody's. */
export function mayUse(who: Who, { scope, ownerId, teamId }: Belonging): boolean {
  switch (scope) {
    case 'everybody': return true
    case 'team': return who.teamId !== null && who.teamId === teamId
    case 'mine': return who.kind === 'agent' && who.id === ownerId
  }
}

/** Whether somebody may change it: agents their own, leads what teams share too, administrators all. */
export function mayManage(who: Who, { scope, ownerId }: Belonging): boolean {
  if (who.roles.includes('admin') || who.kind === 'system') return true
  if (scope === 'mine') return who.kind === 'agent' && who.id === ownerId
  return scope === 'team' && who.roles.includes('lead')
}

/** "Refund time" as it is written after the slash: `refund-time`. Null when nothing of it can be. */
export function shortName(text: string): string | null {
  const name = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60).replace(/-+$/, '')
  return /^[a-z0-9]/.test(name) ? name : null
}

export type MacroFault = 'macro.notOneText' | 'macro.unknownVariable'

/** What is wrong with what a macro does; null when nothing is. A snippet is one text. */
export function faultOf(kind: MacroKind, actions: readonly CaseAction[]): { code: MacroFault; names: string[] } | null {
  if (kind === 'snippet' && !(actions.length === 1 && actions[0]?.do === 'reply')) return { code: 'macro.notOneText', names: [] }
  const unknown = [...new Set(actions.flatMap((action) => (action.do === 'reply' || action.do === 'note' ? unknownIn(action.body) : [])))]
  return unknown.length > 0 ? { code: 'macro.unknownVariable', names: unknown } : null
}

/** The text for the customer that it holds; empty when it holds none. */
export const textOf = (actions: readonly CaseAction[]): string => actions.flatMap((action) => (action.do === 'reply' ? [action.body] : [])).join('\n\n')

/** What it does besides writing to the customer. */
export const deedsOf = (actions: readonly CaseAction[]): CaseAction[] => actions.filter((action) => action.do !== 'reply')

/** Where something fits: named places count, and what names no place fits everywhere alike. */
export interface Fitting {
  topics: readonly string[]
  queueIds: readonly string[]
}

/** 2 for its topic, 1 for its queue, 3 for both, 0 where it names no place, -1 where it names others. */
export function fitOf({ topics, queueIds }: Fitting, place: { topic: string | null; queueId: string }): number {
  const [topic, queue] = [place.topic !== null && topics.includes(place.topic), queueIds.includes(place.queueId)]
  if (topic || queue) return (topic ? 2 : 0) + (queue ? 1 : 0)
  return topics.length + queueIds.length === 0 ? 0 : -1
}

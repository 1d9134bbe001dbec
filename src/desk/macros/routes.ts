import { Type, type Static } from 'typebox'
import { change, Instant, Line, Nullable, read, refuse as refuseAnything, strict, Uuid, Version, type Actor, type Db } from '#platform'
import { CaseActionsBody } from '../actions/views.ts'
import { refuse } from '../refusals.ts'
import { macroKinds, macroScopes, mayManage } from './model.ts'
import { changeMacro, createMacro, isSeen } from './service.ts'
import { findMacro, macrosFor, versionsOf, type Macro } from './store.ts'
import { USAGE_DAYS, usageSince, usersOf, weeksOf } from './usage.ts'

const Name = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,59}$' })
const Key = Type.String({ minLength: 1, maxLength: 100 })
const Words = {
  name: Name, title: Line(120), folder: Line(60, 0), scope: Type.Enum([...macroScopes]), team: Nullable(Uuid), topics: Type.Array(Key, { maxItems: 50 }), queues: Type.Array(Key, { maxItems: 50 }),
  actions: CaseActionsBody, archived: Type.Boolean(),
}
const { name, title, actions, archived: _, ...optional } = Words
const part = Type.Partial(Type.Object(optional)).properties
const NewMacroBody = Type.Object({ kind: Type.Enum([...macroKinds]), name, title, actions, ...part }, strict)
const MacroChangeBody = Type.Object(Type.Partial(Type.Object(Words)).properties, { ...strict, minProperties: 1 })

const MacroView = Type.Object({
  id: Uuid, kind: Type.Enum([...macroKinds]), name: Type.String(), title: Type.String(), folder: Type.String(), scope: Type.Enum([...macroScopes]), ownerId: Nullable(Uuid), teamId: Nullable(Uuid),
  topics: Type.Array(Type.String()), queueIds: Type.Array(Uuid), actions: CaseActionsBody, archived: Type.Boolean(), mayChange: Type.Boolean(), version: Version, updatedAt: Instant, updatedBy: Nullable(Uuid),
})
const Count = Type.Integer({ minimum: 0 })
/** In the last 90 days: how often, how many of those cases were reopened within a week, and by me. */
const UsageView = Type.Object({ uses: Count, reopened: Count, mine: Count, lastOn: Nullable(Type.String()) })
const ListedMacro = Type.Object({ ...MacroView.properties, usage: UsageView })
const VersionView = Type.Object({ version: Version, title: Type.String(), actions: CaseActionsBody, at: Instant, by: Nullable(Uuid) })
const DetailView = Type.Object({
  ...ListedMacro.properties, days: Count, versions: Type.Array(VersionView), weeks: Type.Array(Type.Object({ week: Type.String(), uses: Count })),
  users: Type.Array(Type.Object({ agentId: Uuid, uses: Count, reopened: Count })),
  /** Null: nobody asks customers for it yet. */
  satisfaction: Type.Null(),
})

const IdParam = Type.Object({ id: Uuid })
const DAY_MS = 86_400_000
const since = () => new Date(Date.now() - USAGE_DAYS * DAY_MS)
const unused = { uses: 0, reopened: 0, mine: 0, lastOn: null }

const present = (actor: Actor, macro: Macro): Static<typeof MacroView> => ({ ...macro, mayChange: mayManage(actor, macro) })

async function withUsage(db: Db, actor: Actor, macros: readonly Macro[]): Promise<Static<typeof ListedMacro>[]> {
  const usage = await usageSince(db, since(), actor.kind === 'agent' ? actor.id : null)
  return macros.map((macro) => {
    const { uses, reopened, mine, lastOn } = usage.get(macro.id) ?? unused
    return { ...present(actor, macro), usage: { uses, reopened, mine, lastOn } }
  })
}

export const macroRoutes = () => ({
  'GET /api/v1/macros': read({
    summary: 'Snippets and macros that I can use; with `reach=library` also those that I may change or look after', permission: 'macro.read', tags: ['macros'],
    query: Type.Object({ reach: Type.Optional(Type.Enum(['use', 'library'])) }, strict), answer: Type.Object({ items: Type.Array(ListedMacro) }),
    handle: async ({ db, actor, query }) => ({ items: await withUsage(db, actor, await macrosFor(db, actor, query.reach ?? 'use')) }),
  }),
  'POST /api/v1/macros': change({
    summary: 'Write a snippet or a macro', permission: 'macro.write', tags: ['macros'], body: NewMacroBody, answer: MacroView,
    handle: async ({ work, body, answer }) => {
      const macro = await createMacro(work, body)
      answer.etag(macro.version)
      return present(work.actor, macro)
    },
  }),
  'GET /api/v1/macros/:id': read({
    summary: 'One with its versions and what it came to', permission: 'macro.read', tags: ['macros'], params: IdParam, answer: DetailView,
    handle: async ({ db, actor, params, answer }) => {
      const macro = await findMacro(db, params.id)
      if (!macro || !isSeen(actor, macro)) throw refuse('macro.notFound')
      answer.etag(macro.version)
      const [listed] = await withUsage(db, actor, [macro])
      if (!listed) throw refuseAnything('program.fault')
      return { ...listed, days: USAGE_DAYS, versions: await versionsOf(db, macro.id), weeks: await weeksOf(db, macro.id, since()), users: await usersOf(db, macro.id, since()), satisfaction: null }
    },
  }),
  'PATCH /api/v1/macros/:id': change({
    summary: 'Change, share, archive or restore a snippet or a macro', permission: 'macro.write', tags: ['macros'], params: IdParam, body: MacroChangeBody, answer: MacroView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const macro = await changeMacro(work, params.id, body, ifMatch)
      answer.etag(macro.version)
      return present(work.actor, macro)
    },
  }),
})

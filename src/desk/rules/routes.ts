import { Type, type Static } from 'typebox'
import { change, decodeCursor, Instant, Line, Nothing, Nullable, PageOf, pageOf, PageQuery, read, refuse as refuseAnything, strict, Uuid, Version, type Actor, type Db } from '#platform'
import { CaseActionsBody } from '../actions/views.ts'
import { CaseNumber } from '../cases/views.ts'
import { refuse } from '../refusals.ts'
import { AFTER_MINUTES_MAX, happeningNames, sinceNames, type Trigger } from './model.ts'
import { changeRule, createRule, reorderRules } from './service.ts'
import { editionsOf, findRule, rulesThere, runCounts, runsOf, type Rule } from './store.ts'
import { askTrial, cancelTrial } from './trial.ts'
import { findTrial, trialStates, type Trial } from './trial-store.ts'

const TriggerWords = Type.Union([
  Type.Object({ on: Type.Array(Type.Enum([...happeningNames]), { minItems: 1, maxItems: happeningNames.length, uniqueItems: true }) }, strict),
  Type.Object({ after: Type.Integer({ minimum: 1, maximum: AFTER_MINUTES_MAX }), since: Type.Enum([...sinceNames]) }, strict),
])
const Says = { trigger: TriggerWords, condition: Type.String({ maxLength: 2_000 }), actions: CaseActionsBody, last: Type.Boolean() }
const NewRuleBody = Type.Object({ name: Line(120), ...Says }, strict)
const RuleChangeBody = Type.Object(Type.Partial(Type.Object({ name: Line(120), active: Type.Boolean(), archived: Type.Boolean(), ...Says })).properties, { ...strict, minProperties: 1 })

const Count = Type.Integer({ minimum: 0 })
const Counts = Type.Object({ applied: Count, unchanged: Count, refused: Count, looped: Count })
const RuleView = Type.Object({
  id: Uuid, name: Type.String(), position: Type.Integer(), active: Type.Boolean(), activeSince: Nullable(Instant), edition: Type.Integer(), archived: Type.Boolean(), version: Version, ...Says,
})
const ListedRule = Type.Object({ ...RuleView.properties, lately: Counts })
const EditionView = Type.Object({ edition: Type.Integer(), by: Type.String(), at: Instant, ...Says })
const Change = Type.Object({ field: Type.String(), from: Nullable(Type.String()), to: Nullable(Type.String()) })
const RunView = Type.Object({
  caseNumber: CaseNumber, subject: Type.String(), cause: Type.String(), edition: Type.Integer(), at: Instant, outcome: Type.Enum(['applied', 'unchanged', 'refused', 'looped']), changes: Type.Array(Change), refusal: Nullable(Type.String()),
})
const Numbers = Type.Record(Type.String(), Count)
const TallyView = Type.Object({
  moments: Count, cases: Count, unchanged: Count, refused: Count, perDay: Numbers, changes: Numbers, refusals: Numbers,
  samples: Type.Array(Type.Object({ number: CaseNumber, at: Instant, changes: Type.Array(Change), refusals: Type.Array(Type.String()) })),
})
const TrialView = Type.Object({ id: Uuid, days: Count, at: Instant, state: Type.Enum([...trialStates]), looked: Count, total: Nullable(Count), result: Nullable(TallyView), endedAt: Nullable(Instant) })
const TrialBody = Type.Object({ ...Says, days: Type.Optional(Type.Integer({ minimum: 1, maximum: 92 })), rule: Type.Optional(Nullable(Uuid)) }, strict)
const IdParam = Type.Object({ id: Uuid })
const LATELY_DAYS = 30
const DAY_MS = 86_400_000

const present = (rule: Rule): Static<typeof RuleView> => ({ ...rule, trigger: plainTrigger(rule.trigger), actions: [...rule.actions] })
const plainTrigger = (trigger: Trigger): Static<typeof TriggerWords> => ('on' in trigger ? { on: [...trigger.on] } : { ...trigger })

async function requireRule(db: Db, id: string): Promise<Rule> {
  const rule = await findRule(db, id)
  if (!rule) throw refuse('rule.notFound')
  return rule
}

const presentTrial = ({ result, ...trial }: Trial): Static<typeof TrialView> => ({ ...trial, result: result && { ...result, samples: result.samples.map((sample) => ({ ...sample, at: new Date(sample.at) })) } })

/** A trial holds cases: it is there for whoever asked, and for those who see at least as much. */
async function requireTrial(db: Db, actor: Actor, id: string) {
  const trial = await findTrial(db, id)
  if (!trial || !actor.barred.every((queue) => trial.barred.includes(queue))) throw refuse('trial.notFound')
  return trial
}

function readPlace(cursor: string): { at: string; caseId: string } {
  const [at, caseId] = decodeCursor(cursor, 2).map(String)
  if (!at || !caseId || !/^\d{4}-\d\d-\d\d [\d:.+-]+$/.test(at) || !/^[0-9a-f-]{36}$/.test(caseId)) throw refuseAnything('cursor.invalid')
  return { at, caseId }
}

export const ruleRoutes = () => ({
  'GET /api/v1/rules': read({
    summary: 'Rules in their order, with what each did in the last 30 days', permission: 'rule.read', tags: ['rules'], query: Type.Object({ archived: Type.Optional(Type.Literal('1')) }, strict), answer: Type.Object({ items: Type.Array(ListedRule) }),
    handle: async ({ db, query }) => {
      const [rules, counts] = [await rulesThere(db, query.archived === '1'), await runCounts(db, new Date(Date.now() - LATELY_DAYS * DAY_MS))]
      return { items: rules.map((rule) => ({ ...present(rule), lately: counts.get(rule.id) ?? { applied: 0, unchanged: 0, refused: 0, looped: 0 } })) }
    },
  }),
  'POST /api/v1/rules': change({
    summary: 'Write a rule; it does nothing until it is switched on', permission: 'rule.change', tags: ['rules'], body: NewRuleBody, answer: RuleView,
    handle: async ({ work, body, answer }) => {
      const rule = await createRule(work, body)
      answer.etag(rule.version)
      return present(rule)
    },
  }),
  'GET /api/v1/rules/:id': read({
    summary: 'A rule with all its editions', permission: 'rule.read', tags: ['rules'], params: IdParam, answer: Type.Object({ ...RuleView.properties, editions: Type.Array(EditionView) }),
    handle: async ({ db, params, answer }) => {
      const rule = await requireRule(db, params.id)
      answer.etag(rule.version)
      return { ...present(rule), editions: (await editionsOf(db, rule.id)).map((edition) => ({ ...edition, trigger: plainTrigger(edition.trigger), actions: [...edition.actions] })) }
    },
  }),
  'PATCH /api/v1/rules/:id': change({
    summary: 'Change a rule, switch it on or off, put it away; what it says becomes another edition', permission: 'rule.change', tags: ['rules'], params: IdParam, body: RuleChangeBody, answer: RuleView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const rule = await changeRule(work, params.id, body, ifMatch)
      answer.etag(rule.version)
      return present(rule)
    },
  }),
  'PUT /api/v1/rules/order': change({
    summary: 'Put rules into an order: they look at a case one after the other', permission: 'rule.change', tags: ['rules'], body: Type.Object({ rules: Type.Array(Uuid, { maxItems: 1_000 }) }, strict), answer: Nothing, status: 204,
    handle: async ({ work, body }) => { await reorderRules(work, body.rules); return {} },
  }),
  'GET /api/v1/rules/:id/runs': read({
    summary: 'What a rule did, and why not, newest first', permission: 'rule.read', tags: ['rules'], params: IdParam, query: Type.Object(PageQuery, strict), answer: PageOf(RunView),
    handle: async ({ db, actor, params, query }) => {
      const { id } = await requireRule(db, params.id)
      const limit = query.limit ?? 50
      const page = pageOf(await runsOf(db, id, actor.barred, query.cursor ? readPlace(query.cursor) : null, limit + 1), limit, (run) => [run.place, run.caseId])
      return { ...page, items: page.items.map(({ place: _place, caseId: _case, ...run }) => run) }
    },
  }),
  'POST /api/v1/rule-trials': change({
    summary: 'Try a rule on what happened in the last days (30 unless said): nothing is done', permission: 'rule.read', tags: ['rules'], body: TrialBody, answer: TrialView,
    handle: async ({ work, body: { days = 30, rule = null, ...definition } }) => presentTrial(await askTrial(work, { definition, days, ruleId: rule })),
  }),
  'GET /api/v1/rule-trials/:id': read({
    summary: 'How far a trial is, and what it found', permission: 'rule.read', tags: ['rules'], params: IdParam, answer: TrialView,
    handle: async ({ db, actor, params }) => presentTrial(await requireTrial(db, actor, params.id)),
  }),
  'DELETE /api/v1/rule-trials/:id': change({
    summary: 'Stop a trial', permission: 'rule.read', tags: ['rules'], params: IdParam, answer: Nothing, status: 204,
    handle: async ({ work, params }) => { await cancelTrial(work, params.id); return {} },
  }),
})

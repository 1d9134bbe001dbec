import { Type } from 'typebox'
import { act, change, read, strict, Uuid } from '#platform'
import { requireCase } from '../cases/present.ts'
import { refuse } from '../refusals.ts'
import { holidaysFrom } from './calendars/ics.ts'
import { changeCalendar, createCalendar } from './calendars/service.ts'
import { allCalendars } from './calendars/store.ts'
import { changePolicy, createPolicy, putPoliciesInOrder } from './policies/service.ts'
import { allPolicies } from './policies/store.ts'
import { nameCalendar, presentCalendar, presentPolicy } from './present.ts'
import { probe } from './probe.ts'
import { readSla } from './read.ts'
import { casesByPolicy } from './store.ts'
import { verifyCase } from './verify.ts'
import {
  CalendarChangeBody, CalendarView, CaseSlaView, IcsView, NewCalendarBody, NewPolicyBody, OrderBody, PolicyChangeBody, PolicyView, ProbeBody, ProbeView, VerifiedView,
} from './views.ts'

const tags = ['sla']
const Id = Type.Object({ id: Uuid })
const CaseParam = Type.Object({ number: Type.Integer({ minimum: 1, maximum: 9_007_199_254_740_991 }) })
const ICS_MAX = 1_000_000

export const slaRoutes = () => ({ ...calendarRoutes(), ...policyRoutes(), ...caseSlaRoutes() })

const calendarRoutes = () => ({
  'GET /api/v1/calendars': read({
    summary: 'Calendars by name, in the version that holds now', permission: 'sla.read', tags, answer: Type.Object({ items: Type.Array(CalendarView) }),
    handle: async ({ db }) => ({ items: (await allCalendars(db)).map(presentCalendar) }),
  }),
  'POST /api/v1/calendars': change({
    summary: 'Add a calendar', permission: 'sla.change', tags, body: NewCalendarBody, answer: CalendarView,
    handle: async ({ work, body, answer }) => {
      const calendar = await createCalendar(work, body)
      answer.etag(calendar.version)
      return presentCalendar(calendar)
    },
  }),
  'PATCH /api/v1/calendars/:id': change({
    summary: 'Change a calendar: other hours hold from now on, also for cases at hand', permission: 'sla.change', tags, params: Id, body: CalendarChangeBody, answer: CalendarView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const calendar = await changeCalendar(work, params.id, body, ifMatch)
      answer.etag(calendar.version)
      return presentCalendar(calendar)
    },
  }),
  'POST /api/v1/calendars/holidays': act({
    summary: 'Read the days of an iCalendar file; nothing is saved', permission: 'sla.change', tags, status: 200,
    body: Type.Object({ ics: Type.String({ maxLength: ICS_MAX }), from: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }), to: Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\d$' }) }, strict), answer: IcsView,
    handle: async ({ body }) => {
      const found = holidaysFrom(body.ics, body.from, body.to)
      if (!found) throw refuse('calendar.fileInvalid')
      return found
    },
  }),
})

const policyRoutes = () => ({
  'GET /api/v1/sla-policies': read({
    summary: 'SLA policies in the order in which they are tried; the first that fits holds', permission: 'sla.read', tags, answer: Type.Object({ items: Type.Array(PolicyView) }),
    handle: async ({ db }) => {
      const cases = await casesByPolicy(db)
      return { items: (await allPolicies(db)).map((policy) => presentPolicy(policy, cases.get(policy.policyId) ?? 0)) }
    },
  }),
  'POST /api/v1/sla-policies': change({
    summary: 'Add an SLA policy; it is tried last', permission: 'sla.change', tags, body: NewPolicyBody, answer: PolicyView,
    handle: async ({ work, body, answer }) => {
      const policy = await createPolicy(work, body)
      answer.etag(policy.version)
      return presentPolicy(policy, 0)
    },
  }),
  'PATCH /api/v1/sla-policies/:id': change({
    summary: 'Change an SLA policy: it holds from now on, also for cases at hand', permission: 'sla.change', tags, params: Id, body: PolicyChangeBody, answer: PolicyView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const policy = await changePolicy(work, params.id, body, ifMatch)
      answer.etag(policy.version)
      return presentPolicy(policy, (await casesByPolicy(work.tx)).get(policy.policyId) ?? 0)
    },
  }),
  'PUT /api/v1/sla-policies/order': change({
    summary: 'Say in which order policies are tried, naming all that are in use', permission: 'sla.change', tags, body: OrderBody, answer: Type.Object({ items: Type.Array(PolicyView) }),
    handle: async ({ work, body }) => {
      const policies = await putPoliciesInOrder(work, body.policies)
      const cases = await casesByPolicy(work.tx)
      return { items: policies.map((policy) => presentPolicy(policy, cases.get(policy.policyId) ?? 0)) }
    },
  }),
  'POST /api/v1/sla-policies/probe': act({
    summary: 'What a case would be promised: which policy fits and why not the others, and when each target would be due', permission: 'sla.read', tags, status: 200, body: ProbeBody, answer: ProbeView,
    handle: async ({ db, actor, body: { at, ...imagined } }) => {
      const probed = await probe(db, actor, { ...imagined, ...(at === undefined ? {} : { at: new Date(at) }) }, new Date())
      return { ...probed, calendar: nameCalendar(probed.calendar) }
    },
  }),
})

const caseSlaRoutes = () => ({
  'GET /api/v1/cases/:number/sla': read({
    summary: 'The promises of a case: what holds, its clocks, and the ledger', permission: 'case.read', tags, params: CaseParam, answer: CaseSlaView,
    handle: async ({ db, actor, params }) => {
      const { policy, calendar, ...sla } = await readSla(db, actor, params.number, new Date())
      return { ...sla, policy, calendar: nameCalendar(calendar) }
    },
  }),
  'GET /api/v1/cases/:number/sla/verification': read({
    summary: 'Work the clocks and the ledger of a case out anew from the log, and say where they differ', permission: 'sla.verify', tags, params: CaseParam, answer: VerifiedView,
    handle: async ({ db, actor, params }) => {
      await requireCase(db, actor, params.number)
      const verified = await verifyCase(db, params.number)
      if (!verified) throw refuse('case.notFound', { number: params.number })
      return verified
    },
  }),
})

import { Type } from 'typebox'
import { change, Instant, Nullable, Prose, strict } from '#platform'
import { showChanged } from '../../cases/present.ts'
import { CaseView, NumberParam } from '../../cases/views.ts'
import { snoozeCase, wakeCase } from './service.ts'

const SnoozeBody = Type.Object({ until: Nullable(Instant), reason: Type.Optional(Nullable(Prose(500, 0))) }, strict)

export const snoozeRoutes = () => ({
  'PUT /api/v1/cases/:number/snooze': change({
    summary: 'Put a case off until an instant, or until its customer writes', permission: 'case.change', params: NumberParam, body: SnoozeBody, answer: CaseView,
    handle: async (call) => {
      const { until, reason } = call.body
      return showChanged(call, await snoozeCase(call.work, call.params.number, { until: until === null ? null : new Date(until), reason }, call.ifMatch))
    },
  }),
  'DELETE /api/v1/cases/:number/snooze': change({
    summary: 'Wake a case before its time', permission: 'case.change', params: NumberParam, answer: CaseView,
    handle: async (call) => showChanged(call, await wakeCase(call.work, call.params.number, call.ifMatch)),
  }),
})

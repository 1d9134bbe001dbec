import { Type } from 'typebox'
import { read, strict } from '#platform'
import { checkQuery } from './check.ts'
import { QUERY_LENGTH_MAX } from './model.ts'

export const ProblemView = Type.Object({ at: Type.Integer(), length: Type.Integer(), code: Type.String() })

export const queryRoutes = () => ({
  'GET /api/v1/queries/check': read({
    summary: 'What of a query cannot be understood, or names what is not there', permission: 'case.read', tags: ['search'],
    query: Type.Object({ q: Type.String({ maxLength: QUERY_LENGTH_MAX }), readerless: Type.Optional(Type.Literal('1', { description: 'Nobody reads by it, as in a policy or a rule' })) }, strict),
    answer: Type.Object({ problems: Type.Array(ProblemView) }),
    handle: async ({ db, actor, query }) => ({ problems: (await checkQuery(db, actor, query.q, { readerless: query.readerless === '1' })).problems }),
  }),
})

import { Type } from 'typebox'
import { change, read, type ApiOf } from '#platform'
import { demoStates, type Demo } from './model.ts'
import { askForRemoval } from './service.ts'
import { findDemo } from './store.ts'

const DemoView = Type.Object({
  state: Type.Enum([...demoStates]), done: Type.Integer({ description: 'Cases that have been loaded or removed so far' }), cases: Type.Integer(),
  stays: Type.String({ description: 'What a removal leaves, and why' }),
})

const stays = 'The facts in the log stay, because the log is append-only; they hold ids and numbers, no text. Whatever real work refers to stays and loses the mark.'
const present = ({ state, done, cases }: Demo) => ({ state, done, cases, stays })

export const demoRoutes = () => ({
  'GET /api/v1/demo': read({
    summary: 'Whether the sample centre is here', permission: 'demo.read', tags: ['sample centre'], answer: DemoView,
    handle: async ({ db }) => present(await findDemo(db)),
  }),
  'DELETE /api/v1/demo': change({
    summary: 'Take the sample centre out: all of it and nothing else', permission: 'demo.remove', tags: ['sample centre'], status: 202, answer: DemoView,
    handle: async ({ work }) => present(await askForRemoval(work)),
  }),
})
export type DemoApi = ApiOf<typeof demoRoutes>

import { Type } from 'typebox'
import { change, Line, Nothing, Nullable, Prose, read, strict, Uuid, Version, type Actor } from '#platform'
import { changeQueue, changeTopic, createQueue, createTopic } from './service.ts'
import { allQueues, allTopics } from './store.ts'

const Key = Type.String({ minLength: 1, maxLength: 60, pattern: '^[a-z0-9][a-z0-9._-]*$' })
const QueueView = Type.Object({
  id: Uuid, key: Type.String(), name: Type.String(), description: Type.String(), walled: Type.Boolean(), standard: Type.Boolean(), archived: Type.Boolean(), teams: Type.Array(Uuid), version: Version,
})
const QueueChange = {
  name: Type.Optional(Line(100)), description: Type.Optional(Prose(1_000, 0)), walled: Type.Optional(Type.Boolean()), teams: Type.Optional(Type.Array(Uuid, { maxItems: 200, uniqueItems: true })),
  standard: Type.Optional(Type.Literal(true)),
}
const TopicView = Type.Object({ key: Type.String(), title: Type.String(), queueId: Nullable(Uuid), archived: Type.Boolean(), version: Version })
const QueueWord = Nullable(Type.String({ maxLength: 100 }))

/** A queue behind a wall is not there for those outside, not even by name. */
const seenBy = (actor: Actor, id: string | null): boolean => id === null || actor.kind === 'system' || !actor.barred.includes(id)

export const queueRoutes = () => ({
  'GET /api/v1/queues': read({
    summary: 'The queues, by name', permission: 'queue.read', answer: Type.Object({ items: Type.Array(QueueView) }),
    handle: async ({ db, actor }) => ({ items: (await allQueues(db)).filter(({ id }) => seenBy(actor, id)) }),
  }),
  'POST /api/v1/queues': change({
    summary: 'Set up a queue', permission: 'queue.change', body: Type.Object({ key: Key, ...QueueChange, name: Line(100) }, strict), answer: QueueView,
    handle: ({ work, body }) => createQueue(work, body),
  }),
  'PATCH /api/v1/queues/:id': change({
    summary: 'Change a queue: its name, its teams, its wall', permission: 'queue.change', params: Type.Object({ id: Uuid }),
    body: Type.Object({ ...QueueChange, archived: Type.Optional(Type.Boolean()) }, { ...strict, minProperties: 1 }), answer: QueueView,
    handle: async ({ work, params, body, ifMatch, answer }) => {
      const queue = await changeQueue(work, params.id, body, ifMatch)
      answer.etag(queue.version)
      return queue
    },
  }),
  'GET /api/v1/topics': read({
    summary: 'What cases can be about, by title', permission: 'queue.read', answer: Type.Object({ items: Type.Array(TopicView) }),
    handle: async ({ db, actor }) => ({ items: (await allTopics(db)).map((topic) => (seenBy(actor, topic.queueId) ? topic : { ...topic, queueId: null })) }),
  }),
  'POST /api/v1/topics': change({
    summary: 'Add a topic', permission: 'queue.change', body: Type.Object({ key: Key, title: Line(200), queue: Type.Optional(QueueWord) }, strict), answer: Nothing,
    handle: async ({ work, body }) => { await createTopic(work, { ...body, queue: body.queue ?? null }); return {} },
  }),
  'PATCH /api/v1/topics/:key': change({
    summary: 'Change a topic: its title, the queue that its cases go to', permission: 'queue.change', params: Type.Object({ key: Type.String({ minLength: 1, maxLength: 100 }) }),
    body: Type.Object({ title: Type.Optional(Line(200)), queue: Type.Optional(QueueWord), archived: Type.Optional(Type.Boolean()) }, { ...strict, minProperties: 1 }), answer: Nothing,
    handle: async ({ work, params, body, ifMatch }) => { await changeTopic(work, params.key, body, ifMatch); return {} },
  }),
})

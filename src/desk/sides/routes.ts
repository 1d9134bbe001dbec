import { Type } from 'typebox'
import { change, decodeCursor, pageOf, PageOf, read, refuse as refuseAnything, Uuid, type Db, type Tx } from '#platform'
import { requireCase } from '../cases/present.ts'
import { NumberParam } from '../cases/views.ts'
import { refuse } from '../refusals.ts'
import { allPartners, changePartner, createPartner } from './partners.ts'
import type { Sending } from './send.ts'
import { changeSide, decideSuggested, sideWriter } from './service.ts'
import { countSides, listSides, sidesOf, type Side } from './store.ts'
import {
  NewSideBody, PartnerBody, PartnerChangeBody, PartnerView, presentRow, presentSides, SideChangeBody, SideMessageBody, SideRecalled, SideRowView, SidesQuery, SideView, SideWritten,
} from './views.ts'

const SideParams = Type.Object({ id: Uuid })
const SideMessageParams = Type.Object({ id: Uuid, message: Uuid })
const Count = Type.Integer({ minimum: 0 })

async function whole(db: Db | Tx, side: Side) {
  const [view] = await presentSides(db, [side])
  if (!view) throw refuse('side.notFound')
  return view
}

function placeFrom(cursor: string): { due: string; id: string } {
  const [due, id] = decodeCursor(cursor, 2).map(String)
  if (!due || !id || !/^[0-9a-f-]{36}$/.test(id) || !/^(?:infinity|\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?[+-]\d\d(?::\d\d){0,2})$/.test(due)) throw refuseAnything('cursor.invalid')
  return { due, id }
}

const instant = (text: string | null | undefined) => (text ? new Date(text) : text === null ? null : undefined)

export const sideRoutes = (sending: Sending) => {
  const writer = sideWriter(sending)
  return {
    'GET /api/v1/cases/:number/sides': read({
      summary: 'The side conversations of a case, oldest first', permission: 'case.read', tags: ['sides'], params: NumberParam, answer: Type.Object({ items: Type.Array(SideView) }),
      handle: async ({ db, actor, params }) => {
        const found = await requireCase(db, actor, params.number)
        return { items: await presentSides(db, await sidesOf(db, found.id)) }
      },
    }),
    'POST /api/v1/cases/:number/sides': change({
      summary: 'Ask somebody who is no part of the case, by mail', permission: 'side.write', tags: ['sides'], params: NumberParam, body: NewSideBody, answer: SideWritten,
      handle: async ({ work, params, body, ifMatch, answer }) => {
        const { side, messageId } = await writer.open(work, params.number, { ...body, dueAt: instant(body.dueAt) }, ifMatch)
        answer.etag(side.version)
        return { side: await whole(work.tx, side), messageId }
      },
    }),
    'PATCH /api/v1/sides/:id': change({
      summary: 'Set a side conversation to done, open or waiting, or when an answer is due', permission: 'side.write', tags: ['sides'], params: SideParams, body: SideChangeBody, answer: SideView,
      handle: async ({ work, params, body, ifMatch, answer }) => {
        const side = await changeSide(work, params.id, { status: body.status, dueAt: instant(body.dueAt) }, ifMatch)
        answer.etag(side.version)
        return whole(work.tx, side)
      },
    }),
    'POST /api/v1/sides/:id/messages': change({
      summary: 'Write on in a side conversation', permission: 'side.write', tags: ['sides'], params: SideParams, body: SideMessageBody, answer: SideWritten,
      handle: async ({ work, params, body }) => {
        const { side, messageId } = await writer.write(work, params.id, { ...body, dueAt: instant(body.dueAt) })
        return { side: await whole(work.tx, side), messageId }
      },
    }),
    'DELETE /api/v1/sides/:id/messages/:message': change({
      summary: 'Take a side message back while it has not left; its text is answered', permission: 'side.write', tags: ['sides'], params: SideMessageParams, answer: SideRecalled,
      handle: async ({ work, params }) => {
        const { side, ...rest } = await writer.recall(work, params.id, params.message)
        return { side: await whole(work.tx, side), ...rest }
      },
    }),
    'POST /api/v1/sides/:id/messages/:message/acceptances': change({
      summary: 'Let a message in of somebody who was not asked', permission: 'side.write', tags: ['sides'], params: SideMessageParams, answer: SideView,
      handle: async ({ work, params }) => whole(work.tx, await decideSuggested(work, params.id, params.message, true)),
    }),
    'POST /api/v1/sides/:id/messages/:message/declines': change({
      summary: 'Keep a message out of somebody who was not asked; it stays to be read', permission: 'side.write', tags: ['sides'], params: SideMessageParams, answer: SideView,
      handle: async ({ work, params }) => whole(work.tx, await decideSuggested(work, params.id, params.message, false)),
    }),
    ...listRoutes(), ...partnerRoutes(),
  }
}

const listRoutes = () => ({
  'GET /api/v1/sides': read({
    summary: 'Side conversations that are not done, across cases, those due first', permission: 'case.read', tags: ['sides'], query: SidesQuery, answer: PageOf(SideRowView),
    handle: async ({ db, actor, query }) => {
      const limit = query.limit ?? 50
      const filter = { status: query.status ?? null, overdue: query.overdue === '1', agentId: query.mine === '1' && actor.kind === 'agent' ? actor.id : null, barred: actor.kind === 'system' ? [] : actor.barred, now: new Date() }
      const { items, nextCursor } = pageOf(await listSides(db, filter, query.cursor ? placeFrom(query.cursor) : null, limit + 1), limit, (row) => [row.place, row.id])
      return { items: items.map(presentRow), nextCursor }
    },
  }),
  'GET /api/v1/sides/counts': read({
    summary: 'How many side conversations wait for partners, are overdue, and wait for us', permission: 'case.read', tags: ['sides'], answer: Type.Object({ waiting: Count, overdue: Count, answered: Count }),
    handle: ({ db, actor }) => countSides(db, actor.kind === 'system' ? [] : actor.barred, new Date()),
  }),
})

const partnerRoutes = () => ({
  'GET /api/v1/partners': read({
    summary: 'The address book of side conversations', permission: 'case.read', tags: ['sides'], answer: Type.Object({ items: Type.Array(PartnerView) }),
    handle: async ({ db }) => ({ items: await allPartners(db) }),
  }),
  'POST /api/v1/partners': change({
    summary: 'Add a partner', permission: 'partner.change', tags: ['sides'], body: PartnerBody, answer: PartnerView,
    handle: ({ work, body }) => createPartner(work, body),
  }),
  'PATCH /api/v1/partners/:id': change({
    summary: 'Change a partner, or put them away', permission: 'partner.change', tags: ['sides'], params: SideParams, body: PartnerChangeBody, answer: PartnerView,
    handle: ({ work, params, body, ifMatch }) => changePartner(work, params.id, body, ifMatch),
  }),
})

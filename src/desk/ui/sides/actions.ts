import { queries, toast } from '#web'
import { tried } from '../actions.ts'
import { api } from '../data.ts'
import { keepText } from './kept.ts'

const refresh = (number: number) => {
  void queries.invalidateQueries({ queryKey: ['case', number] })
  void queries.invalidateQueries({ queryKey: ['sides'] })
}

/** Takes a side message back while it has not left; its text waits where one writes on. */
export const recallSide = (number: number, id: string, message: string) => tried('Not taken back', async () => {
  const { body } = await api('DELETE /api/v1/sides/:id/messages/:message', { params: { id, message } })
  keepText(id, body)
  refresh(number)
  toast({ text: 'It is taken back; nobody got it', tone: 'done' })
})

export const setSideStatus = (number: number, side: { id: string; version: number; status: 'open' | 'waiting' | 'done' }, status: 'open' | 'waiting' | 'done') => tried('Not changed', async () => {
  const now = await api('PATCH /api/v1/sides/:id', { params: { id: side.id }, body: { status }, ifMatch: side.version })
  refresh(number)
  if (status === 'done') toast({ text: 'The side conversation is done', tone: 'done', undo: () => void setSideStatus(number, { ...side, version: now.version, status }, side.status) })
})

export const setSideDue = (number: number, side: { id: string; version: number }, dueAt: string | null) => tried('Not changed', async () => {
  await api('PATCH /api/v1/sides/:id', { params: { id: side.id }, body: { dueAt }, ifMatch: side.version })
  refresh(number)
})

export const decideSuggested = (number: number, id: string, message: string, accept: boolean) => tried(accept ? 'Not let in' : 'Not kept out', async () => {
  const params = { id, message }
  await (accept ? api('POST /api/v1/sides/:id/messages/:message/acceptances', { params, body: undefined }) : api('POST /api/v1/sides/:id/messages/:message/declines', { params, body: undefined }))
  refresh(number)
})

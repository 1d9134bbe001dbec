import { queries, tellRefusal, toast } from '#web'
import { api, keys } from '../data.ts'

/** Takes a reply back while it has not left; its text is the draft again, and the composer shows it. */
export async function takeBack(number: number, messageId: string): Promise<void> {
  try {
    const answer = await api('DELETE /api/v1/cases/:number/replies/:id', { params: { number, id: messageId } })
    queries.setQueryData(keys.case(number), answer.case)
    await Promise.all([queries.invalidateQueries({ queryKey: keys.drafts(number) }), queries.invalidateQueries({ queryKey: keys.messages(number) })])
    toast({ text: 'The reply is a draft again', tone: 'done' })
  } catch (error) {
    tellRefusal(error, 'Not taken back')
  }
}

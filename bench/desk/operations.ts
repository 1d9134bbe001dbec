/** A desk that is open, and what there is to do on it. */
export interface Desk {
  ask(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<unknown>
  atHand: number[]
  anywhere: number[]
  agents: string[]
  accounts: string[]
  payments: string[]
  names: string[]
  /** Ids of thirty views. */
  views: string[]
  /** Gives so many cases to nobody in a queue whose router gives them out, and waits until all are given. @returns how long that took, in ms */
  routeAll(count: number): Promise<number>
  /** Of the whole database. */
  bytes: number
  close(): Promise<void>
}

export interface Operation {
  name: string
  times: number
  /** At most so long in 95 of 100 goes, with a million cases. */
  limitMs?: number
  /** Done before each go, outside of its time. */
  before?(desk: Desk, turn: number): Promise<unknown>
  run(desk: Desk, turn: number): Promise<unknown>
}

const of = <T>(items: readonly T[], turn: number): T => {
  const item = items[turn % items.length]
  if (item === undefined) throw new Error('there is nothing to work on')
  return item
}
const AT_HAND = 'new,open,pending,on_hold'
const list = (name: string, query: (desk: Desk, turn: number) => string): Operation => ({ name: `list of 50: ${name}`, times: 150, limitMs: 20, run: (desk, turn) => desk.ask('GET', `/cases?limit=50&${query(desk, turn)}`) })
const search = (name: string, limitMs: number, words: (desk: Desk, turn: number) => string): Operation => ({ name: `search: ${name}`, times: 150, limitMs, run: (desk, turn) => desk.ask('GET', `/search?q=${encodeURIComponent(words(desk, turn))}`) })

const commonWords = ['payout', 'bank', 'account', 'refund', 'payment', 'thank you', 'today']
const phrases = ['"left our bank"', '"working days"', '"bank statement"', '"could you tell me"', '"before the weekend"', '"trace id"']

/** What people do all day, each as one request or the few that a screen makes together. */
export const operations: readonly Operation[] = [
  list('at hand, by activity', () => `status=${AT_HAND}&sort=active`),
  list('one queue, soonest due first', () => `status=${AT_HAND}&queue=payouts&sort=due`),
  list('one agent', (desk, turn) => `status=${AT_HAND}&assignee=${of(desk.agents, turn)}&sort=active`),
  list('one account, solved too', (desk, turn) => `account=${of(desk.accounts, turn)}`),
  list('all solved, newest first', () => 'status=solved,closed&sort=newest'),
  {
    name: 'open a case', times: 200, limitMs: 20,
    run: async (desk, turn) => { const number = of(desk.anywhere, turn); await Promise.all(['', '/messages?limit=200', '/events'].map((part) => desk.ask('GET', `/cases/${number}${part}`))) },
  },
  {
    name: 'counts of 30 views', times: 100, limitMs: 100,
    // Nothing may be remembered from before: something has just changed.
    before: (desk, turn) => desk.ask('PATCH', `/cases/${of(desk.atHand, turn)}`, { priority: turn % 2 === 0 ? 'high' : 'normal' }), run: (desk) => desk.ask('GET', `/views/counts?views=${desk.views.join(',')}`),
  },
  { name: 'board', times: 60, before: (desk, turn) => desk.ask('PATCH', `/cases/${of(desk.atHand, turn)}`, { priority: turn % 2 === 0 ? 'high' : 'normal' }), run: (desk) => desk.ask('GET', '/board') },
  search('rare word', 60, (desk, turn) => of(desk.payments, turn)), search('name', 60, (desk, turn) => of(desk.names, turn)), search('common words', 150, (_desk, turn) => of(commonWords, turn)),
  search('phrase', 60, (_desk, turn) => of(phrases, turn)), search('field and word', 60, (_desk, turn) => `status:${of(['open', 'solved', 'pending'], turn)} ${of(commonWords, turn)}`),
  { name: 'reply', times: 200, run: (desk, turn) => desk.ask('POST', `/cases/${of(desk.atHand, turn)}/replies`, { body: 'Your bank received it this morning.', visibility: 'public' }) },
  { name: 'assign', times: 200, run: (desk, turn) => desk.ask('PATCH', `/cases/${of(desk.atHand, turn * 7)}`, { assignee: of(desk.agents, turn) }).catch(() => null) },
  { name: 'open a new case', times: 200, run: (desk, turn) => desk.ask('POST', '/cases', { subject: `Payout ${turn} has not arrived`, body: 'My payout of last week is not in my bank account.', customer: { email: `new${turn}@example.com`, name: 'Ana Ruiz' } }) },
]

import type { Priority, Status } from '../cases/model.ts'

/** Words for closed lists, as people read them. */

export const statusNames: Readonly<Record<Status, string>> = {
  new: 'New', open: 'Open', pending: 'Pending', on_hold: 'On hold', solved: 'Solved', closed: 'Closed',
}

/** What a status means, for menus. */
export const statusMeanings: Readonly<Record<Status, string>> = {
  new: 'Nobody has begun', open: 'Ours to work on', pending: 'Waits for the customer', on_hold: 'Waits for somebody else', solved: 'Done, until the customer writes', closed: 'Done for good',
}

export const priorityNames: Readonly<Record<Priority, string>> = { low: 'Low', normal: 'Normal', high: 'High', urgent: 'Urgent' }

export const segmentNames: Readonly<Record<string, string>> = { independent: 'Independent', startup: 'Startup', smb: 'SMB', enterprise: 'Enterprise' }

/** "1 case", "3 cases". */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** A person as a list shows them: the name, else the address, else a word. */
export const personName = (person: { name: string; email?: string | null; address?: string | null }): string => person.name || person.email || person.address || 'Unknown sender'

/** What merging, splitting, problems and side conversations tell, in words. */

type Data = Readonly<Record<string, unknown>>
interface Deed {
  did: string
  happened: string
}

const number = (data: Data, name: string): string => (typeof data[name] === 'number' ? `#${data[name]}` : 'another case')
const count = (data: Data, name: string): number => (typeof data[name] === 'number' ? data[name] : Array.isArray(data[name]) ? data[name].length : 0)
const many = (n: number, one: string, more = `${one}s`): string => (n === 1 ? `one ${one}` : `${n} ${more}`)
const deed = (did: string, happened: string): Deed => ({ did, happened })

export const mergingDeeds: Readonly<Record<string, (data: Data) => Deed>> = {
  'case.merged': (data) => deed(`merged the case into ${number(data, 'into')}`, `Merged into ${number(data, 'into')}`),
  'case.absorbed': (data) => deed(`merged ${number(data, 'other')} into this case`, `${number(data, 'other')} was merged into this case`),
  'case.unmerged': (data) => deed(`took the case out of ${number(data, 'from')} again`, `Taken out of ${number(data, 'from')} again`),
  'case.separated': (data) => deed(`took ${number(data, 'other')} out of this case again`, `${number(data, 'other')} was taken out again`),
  'message.split': (data) => {
    const what = many(count(data, 'messages'), 'message')
    return 'from' in data ? deed(`split the case off from ${number(data, 'from')}`, `Split off from ${number(data, 'from')}`) : deed(`split ${what} off into ${number(data, 'to')}`, `${what} became ${number(data, 'to')}`)
  },
  'case.linkedToProblem': (data) => deed(`made the case an incident of ${number(data, 'problem')}`, `An incident of ${number(data, 'problem')}`),
  'case.unlinkedFromProblem': (data) => deed(`took the case off the problem ${number(data, 'problem')}`, `No longer an incident of ${number(data, 'problem')}`),
  'incident.linked': (data) => deed(`added ${many(count(data, 'incidents'), 'incident')}`, `${many(count(data, 'incidents'), 'incident')} joined`),
  'incident.unlinked': (data) => deed(`took off the incident ${number(data, 'incident')}`, `${number(data, 'incident')} is no incident of it any more`),
  'problem.updated': (data) => deed(`sent an update to ${many(count(data, 'incidents'), 'incident')}`, `An update goes to ${many(count(data, 'incidents'), 'incident')}`),
  'problem.recalled': (data) => deed(`took the update back at ${many(count(data, 'recalled'), 'incident')}`, `The update was taken back at ${many(count(data, 'recalled'), 'incident')}`),
  'side.opened': () => deed('began a side conversation', 'A side conversation began'),
  'side.written': () => deed('wrote in a side conversation', 'Written in a side conversation'),
  'side.recalled': () => deed('took a side message back', 'A side message was taken back'),
  'side.answered': () => deed('answered in a side conversation', 'A partner answered in a side conversation'),
  'side.suggested': () => deed('wrote in a side conversation', 'Somebody who was not asked wrote in a side conversation'),
  'side.accepted': () => deed('let a message into a side conversation', 'A message was let into a side conversation'),
  'side.declined': () => deed('kept a message out of a side conversation', 'A message was kept out of a side conversation'),
  'side.finished': () => deed('finished a side conversation', 'A side conversation is done'),
  'side.reopened': () => deed('reopened a side conversation', 'A side conversation was reopened'),
  'side.overdue': () => deed('let a side conversation become overdue', 'A partner’s answer is overdue'),
  'side.uncertain': () => deed('sent a side message', 'A side message may not have arrived'),
  'side.failed': () => deed('sent a side message', 'A side message did not leave'),
  'side.bounced': () => deed('sent a side message', 'A side message came back'),
}

/** An appointment (RFC 5545) in words: enough to read it without a calendar. */

const methods: Readonly<Record<string, string>> = { REQUEST: 'Invitation', CANCEL: 'Cancelled', REPLY: 'Answer to an invitation', COUNTER: 'Another time is proposed', PUBLISH: 'Appointment' }
const TEXT_LENGTH_MAX = 1_000_000

interface Property {
  name: string
  parameters: string
  value: string
}

/** The lines of an appointment that people read; empty when there is none in the text. */
export function describeCalendar(text: string): string {
  const properties = propertiesIn(text.slice(0, TEXT_LENGTH_MAX))
  const begin = properties.findIndex(({ name, value }) => name === 'BEGIN' && value.toUpperCase() === 'VEVENT')
  if (begin === -1) return ''
  const end = properties.findIndex(({ name, value }, index) => index > begin && name === 'END' && value.toUpperCase() === 'VEVENT')
  const event = properties.slice(begin + 1, end === -1 ? undefined : end)
  const of = (name: string) => event.find((property) => property.name === name)
  const method = properties.find(({ name }) => name === 'METHOD')?.value.toUpperCase() ?? 'PUBLISH'
  const lines = [
    `${methods[method] ?? 'Appointment'}: ${plain(of('SUMMARY')?.value ?? '')}`.trim(),
    period(of('DTSTART'), of('DTEND')), line('Where', plain(of('LOCATION')?.value ?? '')), line('From', personOf(of('ORGANIZER'))), line('Repeats', of('RRULE')?.value ?? ''),
  ]
  return lines.filter((text) => text !== '').join('\n')
}

/** Content lines, unfolded (RFC 5545, 3.1). */
function propertiesIn(text: string): Property[] {
  return text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/).flatMap((line) => {
    const found = /^([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)$/.exec(line)
    return found ? [{ name: (found[1] ?? '').toUpperCase(), parameters: found[2] ?? '', value: found[3] ?? '' }] : []
  })
}

const plain = (value: string): string => value.replace(/\\n/gi, ' ').replace(/\\([\\;,])/g, '$1').trim()
const line = (label: string, content: string): string => (content ? `${label}: ${content}` : '')
const zoneOf = ({ parameters, value }: Property): string => (value.endsWith('Z') ? ' UTC' : / ?;TZID="?([^";:]+)/i.exec(parameters)?.[1]?.replace(/^/, ' ') ?? '')
const moment = (value: string): string => value.replace(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d).*)?$/, (_, year: string, month: string, day: string, hour?: string, minute?: string) => `${year}-${month}-${day}${hour ? ` ${hour}:${minute}` : ''}`)

function period(start: Property | undefined, end: Property | undefined): string {
  if (!start) return ''
  const [from, to] = [moment(start.value), end ? moment(end.value) : '']
  const until = to.slice(0, 10) === from.slice(0, 10) ? to.slice(11) : to
  return `When: ${from}${until ? ` to ${until}` : ''}${zoneOf(start)}`
}

function personOf(organizer: Property | undefined): string {
  const name = /;CN=(?:"([^"]*)"|([^";:]*))/i.exec(organizer?.parameters ?? '')
  const address = organizer?.value.replace(/^mailto:/i, '') ?? ''
  const said = name?.[1] ?? name?.[2] ?? ''
  return said && said !== address ? `${said} (${address})` : address
}

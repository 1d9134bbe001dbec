import { PASSWORD_LENGTH_MIN, passwordFault, wordsAbout, type PasswordFault } from '../sign-in/model.ts'

/** What the screens of people say. */

export const roleWords = {
  admin: { name: 'Administrator', may: 'Everything, settings and people too' },
  lead: { name: 'Team lead', may: 'Cases of all teams, quarantine, held addresses' },
  agent: { name: 'Agent', may: 'Works cases, accounts and mail' },
  analyst: { name: 'Analyst', may: 'Reads cases, accounts and the log' },
  planner: { name: 'Planner', may: 'Plans people and shifts' },
  partner: { name: 'Partner', may: 'Sees only what is shared with partners' },
} as const
export type RoleWord = keyof typeof roleWords

export const roleName = (role: string): string => Object.entries(roleWords).find(([key]) => key === role)?.[1].name ?? role

/** Several roles, the widest first. */
export const rolesWords = (roles: readonly string[]): string => Object.keys(roleWords).filter((role) => roles.includes(role)).map(roleName).join(', ')

export const presenceWords = {
  available: { name: 'Available', says: 'New work may come', tone: 'done' },
  busy: { name: 'Busy', says: 'At work, nothing new', tone: 'late' },
  away: { name: 'Away', says: 'Back soon', tone: 'soon' },
  off: { name: 'Off', says: 'Not at work', tone: 'neutral' },
} as const
export type PresenceWord = keyof typeof presenceWords

/** From beginning to teaching others. */
export const levels = [
  { value: '1', label: 'Begins' }, { value: '2', label: 'With help' }, { value: '3', label: 'Alone' }, { value: '4', label: 'Well' }, { value: '5', label: 'Teaches others' },
] as const
export const levelName = (level: number): string => levels.find(({ value }) => value === String(level))?.label ?? String(level)

/** A browser by the name that people know it by, from its own long one. */
export function browserWords(agent: string): string {
  const browser = browsers.find(([, pattern]) => pattern.test(agent))?.[0]
  const system = systems.find(([, pattern]) => pattern.test(agent))?.[0]
  if (!browser) return system ? `A browser on ${system}` : agent === '' ? 'A browser' : agent.split(/[/ ]/)[0] ?? agent
  return system ? `${browser} on ${system}` : browser
}

// The order matters: every browser claims to be several others too.
const browsers: readonly [string, RegExp][] = [
  ['Edge', /\bEdg(?:A|iOS)?\//], ['Opera', /\bOPR\//], ['Samsung Internet', /\bSamsungBrowser\//], ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//], ['Safari', /\bVersion\/[\d.]+.*\bSafari\//],
]
const systems: readonly [string, RegExp][] = [
  ['iPhone', /\biPhone\b/], ['iPad', /\biPad\b/], ['Android', /\bAndroid\b/], ['Windows', /\bWindows\b/], ['macOS', /\bMac OS X\b/], ['ChromeOS', /\bCrOS\b/], ['Linux', /\bLinux\b/],
]

/** The time of day at a place now, and how far it is from the reader's: `15:04, 6 h behind you`. */
export function placeTime(zone: string, now: Date, reader: string): { time: string; day: string; apart: string } {
  const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(now)
  return { time: part({ hour: '2-digit', minute: '2-digit' }), day: part({ weekday: 'long' }), apart: apartWords(minutesEast(zone, now) - minutesEast(reader, now)) }
}

/** How many minutes the clocks of a zone are ahead of UTC at a moment. */
export function minutesEast(zone: string, at: Date): number {
  const name = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const found = /GMT([+-])(\d\d):(\d\d)/.exec(name)
  return found ? (found[1] === '-' ? -1 : 1) * (Number(found[2]) * 60 + Number(found[3])) : 0
}

function apartWords(minutes: number): string {
  if (minutes === 0) return 'same time as yours'
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const size = [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter(Boolean).join(' ')
  return `${size} ${minutes > 0 ? 'ahead of' : 'behind'} you`
}

export const zones = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]

/** Where somebody wanted to go before signing in. Only a path of this site counts: anything else would send people elsewhere. */
export function safeDestination(to: string | null | undefined): string {
  if (!to || !to.startsWith('/') || /^\/[/\\]/.test(to) || to.startsWith('/sign-in')) return '/'
  return /[\u0000-\u001f\\]/.test(to) ? '/' : to // eslint-disable-line no-control-regex -- a control character is what is looked for
}

/** A key that is typed by hand, in groups of four. */
export const inGroups = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ')

export interface PasswordJudgement {
  fits: boolean
  says: string
}

const faultWords: Readonly<Record<Exclude<PasswordFault, 'tooShort'>, string>> = {
  tooLong: 'This is longer than a password can be', monotonous: 'Too few different characters', common: 'This is one of the first that anybody would try',
  personal: 'Your name or address with a little added is easy to guess',
}

/** What can be said about a new password without asking the server. */
export function judgePassword(password: string, about: { name: string; email: string }): PasswordJudgement {
  const missing = PASSWORD_LENGTH_MIN - [...password.normalize('NFKC')].length
  if (missing === PASSWORD_LENGTH_MIN) return { fits: false, says: `At least ${PASSWORD_LENGTH_MIN} characters; four or five words make a good one` }
  const fault = passwordFault(password, wordsAbout(about))
  if (fault === null) return { fits: true, says: 'Good' }
  return { fits: false, says: fault === 'tooShort' ? `${missing} more ${missing === 1 ? 'character' : 'characters'}` : faultWords[fault] }
}

/** Why a sign-in was refused, where there is more to say than the server's own sentence. */
export function signInWords(code: string, detail: Readonly<Record<string, unknown>> = {}): string | null {
  const seconds = detail['retryAfterSeconds']
  if (code === 'signIn.limited') return typeof seconds === 'number' ? `Too many attempts. Try again in ${waitWords(seconds)}.` : 'Too many attempts. Wait a few minutes.'
  return refusedElsewhere[code] ?? null
}

/** The company's own service let somebody in whom Meridian does not know so. */
const refusedElsewhere: Readonly<Record<string, string>> = {
  'signIn.oidcUnknown': 'Your account there is fine, but nobody here has its mail address. Ask an administrator to add you.',
  'signIn.oidcUnverified': 'That service has not verified your mail address, so it cannot stand for you here.',
  'signIn.oidcTaken': 'Another account of that service signs in as this person already.',
  'signIn.deactivated': 'Your agent here is deactivated. Ask an administrator.',
  'signIn.oidcUnreachable': 'That service cannot be reached right now. Use your password, or try again in a moment.',
  'signIn.oidcLate': 'The way there and back took too long. Try again.',
  'signIn.oidcFailed': 'That service gave an answer that cannot be trusted. Try again, or use your password.',
  'signIn.wrong': 'The address or the password is not right. Capitals count in the password.',
}

const waitWords = (seconds: number): string => (seconds < 60 ? 'a minute' : `${Math.ceil(seconds / 60)} min`)

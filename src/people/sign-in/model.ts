/** Passwords, and what makes one too easy to guess (after NIST SP 800-63B: length and what attackers try first, not kinds of characters). */

export const PASSWORD_LENGTH_MIN = 12
export const PASSWORD_LENGTH_MAX = 256

export type PasswordFault = 'tooShort' | 'tooLong' | 'monotonous' | 'common' | 'personal'

const COMMON = new Set([
  'password', 'passwort', 'passw0rd', 'p@ssword', 'p@ssw0rd', 'contraseña', 'contrasena', 'motdepasse', 'qwerty', 'qwertyuiop', 'qwertz', 'azerty', 'asdfghjkl', 'letmein', 'welcome',
  'willkommen', 'bienvenido', 'administrator', 'admin', 'changeme', 'iloveyou', 'teamo', 'sunshine', 'princess', 'football', 'baseball', 'superman', 'batman', 'dragon', 'monkey',
  'shadow', 'master', 'trustno', 'whatever', 'starwars', 'computer', 'internet', 'secret', 'support', 'helpdesk', 'service', 'meridian', 'correcthorsebatterystaple', 'default', 'login',
])
const RUNS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', '09876543210987654321', 'qwertyuiopasdfghjklzxcvbnm', 'qwertzuiopasdfghjklyxcvbnm', 'azertyuiopqsdfghjklmwxcvbn']
const DIFFERENT_MIN = 5
const LEFT_MIN = 6

/** Why a password is refused, or null. `about` are words that anybody who knows the person would try. */
export function passwordFault(password: string, about: readonly string[]): PasswordFault | null {
  const characters = [...password.normalize('NFKC')]
  if (characters.length < PASSWORD_LENGTH_MIN) return 'tooShort'
  if (characters.length > PASSWORD_LENGTH_MAX) return 'tooLong'
  const text = characters.join('').toLowerCase()
  if (new Set(text).size < DIFFERENT_MIN) return 'monotonous'
  if (isCommon(text)) return 'common'
  return isPersonal(text, about) ? 'personal' : null
}

/** The whole is a run of the keyboard or the alphabet, a word that everybody tries with an ending, or such a word again and again. */
function isCommon(text: string): boolean {
  if (RUNS.some((run) => run.includes(text) || `${run}${run}`.includes(text))) return true
  const word = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  const parts = text.split(/[^\p{L}@]+|(?<=\p{L})(?=[0-9])/u).filter((part) => part.length > 2)
  if (word === '' && /^(\d)\d*$/.test(text) && RUNS.some((run) => run.includes(text.slice(0, 10)))) return true
  return COMMON.has(word) || (parts.length > 0 && parts.every((part) => COMMON.has(part))) || isRepeated(text)
}

const isRepeated = (text: string): boolean => /^(.{1,6})\1+$/u.test(text)

/** With everything that is known of the person taken out, hardly anything is left. */
function isPersonal(text: string, about: readonly string[]): boolean {
  const words = about.map((word) => word.trim().toLowerCase()).filter((word) => word.length >= 3).toSorted((a, b) => b.length - a.length)
  const rest = words.reduce((left, word) => left.replaceAll(word, ''), text)
  return rest.length < text.length && rest.length < LEFT_MIN
}

/** What people who know an agent would try: the address and its parts, the name and its parts. */
export function wordsAbout({ name, email }: { name: string; email: string }): string[] {
  const [local = '', domain = ''] = email.split('@')
  return [email, local, domain.split('.')[0] ?? '', name, name.replace(/\s+/g, ''), ...name.split(/\s+/), ...local.split(/[._+-]/)]
}

import { describe, expect, it } from 'vitest'
import { isTimeZone } from '../agents/model.ts'
import { browserWords, inGroups, judgePassword, minutesEast, placeTime, roleName, safeDestination, signInWords, zones } from './words.ts'

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0', 'Edge on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox on Linux'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15', 'Safari on macOS'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0 Mobile/15E148 Safari/604.1', 'Chrome on iPhone'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/153.0.0.0 Safari/537.36', 'Chrome on Linux'],
  ['curl/8.5.0', 'curl'],
  ['', 'A browser'],
])('%s is %s', (agent, words) => expect(browserWords(agent)).toBe(words))

describe('the time at a place', () => {
  const at = new Date('2026-11-24T15:04:00Z')

  it.each([
    ['America/Mexico_City', 'Europe/Dublin', '09:04', '6 h behind you'],
    ['Asia/Kolkata', 'Europe/Dublin', '20:34', '5 h 30 min ahead of you'],
    ['Europe/Lisbon', 'Europe/Dublin', '15:04', 'same time as yours'],
    ['UTC', 'Asia/Kathmandu', '15:04', '5 h 45 min behind you'],
  ])('%s seen from %s', (zone, reader, time, apart) => expect(placeTime(zone, at, reader)).toMatchObject({ time, apart }))

  it('knows summer time', () => {
    expect(minutesEast('Europe/Dublin', new Date('2026-07-01T12:00:00Z'))).toBe(60)
    expect(minutesEast('Europe/Dublin', at)).toBe(0)
  })

  it('offers only zones that are known', () => expect(zones().every(isTimeZone)).toBe(true))
})

it.each([
  ['/cases/10482?x=1#m', '/cases/10482?x=1#m'], [null, '/'], ['', '/'], ['//evil.example', '/'], ['/\\evil.example', '/'], ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'], ['/sign-in?to=/', '/'], ['/a\\b', '/'], ['/a\nb', '/'],
])('a destination of %j leads to %j', (to, path) => expect(safeDestination(to)).toBe(path))

describe('a new password', () => {
  const ana = { name: 'Ana Ruiz', email: 'ana.ruiz@example.com' }

  it.each([
    ['', false, 'At least 12'], ['short', false, '7 more characters'], ['elevenchars', false, '1 more character'], ['aaaaaaaaaaaaaaaa', false, 'different'],
    ['password-1234', false, 'first that anybody'], ['ana.ruiz@example.com', false, 'name or address'], ['brave lamp over sand', true, 'Good'],
  ])('of %j fits: %s', (password, fits, says) => {
    const judged = judgePassword(password, ana)
    expect(judged.fits).toBe(fits)
    expect(judged.says).toContain(says)
  })
})

it('says how long to wait, and what the other service means', () => {
  expect(signInWords('signIn.limited', { retryAfterSeconds: 241 })).toBe('Too many attempts. Try again in 5 min.')
  expect(signInWords('signIn.limited')).toContain('few minutes')
  expect(signInWords('signIn.oidcUnknown')).toContain('administrator')
  expect(signInWords('other')).toBeNull()
})

it('writes a key as people type it', () => expect(inGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ'))
it('names roles, and keeps words that it does not know', () => expect([roleName('lead'), roleName('other')]).toEqual(['Team lead', 'other']))

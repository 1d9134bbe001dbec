import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery, isTextTerm } from '../query/model.ts'
import { passageOf } from './passage.ts'

const passage = (text: string, query: string) => passageOf(text, parseQuery(query).query.terms.filter(isTextTerm))

test.each<[string, string, string]>([
  ['The refunds were refunded; he refused a refund.', 'refund', 'The «refunds» were «refunded»; he refused a «refund».'],
  ['It has not arrived. Arrival unknown.', 'arriving', 'It has not «arrived». «Arrival» unknown.'],
  ['Stop! It stopped.', 'stop', '«Stop»! It «stopped».'],
  ['My payout has not arrived', '"not arrived" pay*', 'My «payout» has «not arrived»'],
  ['Überweisung, größe', 'uberweisung GROSSE', '«Überweisung», «größe»'],
  ['pi_3Nx9 and pi_3Nx8', 'pi_3Nx9', '«pi_3Nx9» and pi_3Nx8'],
  ['返金はまだ届いていません', '届いて', '返金はまだ«届いて»いません'],
  ['nothing here', 'elsewhere', 'nothing here'],
  ['«not» mine -payout', 'mine -payout', '‹not› «mine» -payout'],
  ['', 'x', ''],
])('%s / %s', (text, query, expected) => expect(passage(text, query)).toBe(expected))

test('of a long text the part in which most of it stands', () => {
  const text = `payout ${'lorem ipsum dolor '.repeat(60)}the payout of November is missing since Monday. ${'sit amet '.repeat(60)}`
  const found = passage(text, 'payout missing')
  expect(found).toContain('the «payout» of November is «missing» since Monday.')
  expect(found.startsWith('… ')).toBe(true)
  expect(found.endsWith(' …')).toBe(true)
  expect(found.length).toBeLessThan(260)
})

test('marks are balanced and nothing is invented, whatever the text is', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('pay', 'pays', ' ', '«', '»', '\n', 'ß', '返', '<b>', '-', 'x'.repeat(300))).map((pieces) => pieces.join('')), fc.constantFrom('pay', 'pay*', '"pay pays"', 'ss', '返'), (text, query) => {
    const found = passage(text, query)
    expect(found.replace(/«[^«»]*»/g, '')).not.toMatch(/[«»]/)
    const plain = found.replace(/[«»]/g, '').replace(/^… | …$/g, '')
    expect(text.replaceAll('«', '‹').replaceAll('»', '›').replace(/\s+/g, ' ')).toContain(plain.replace(/…$/, '').trim())
  }))
})

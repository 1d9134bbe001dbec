import { describe, expect, it } from 'vitest'
import { beginImap, bodyOf, draftOf, emptyMailbox, faultsIn, withSecurity } from './mailbox-words.ts'

const imap = { ...beginImap('help@example.com'), password: 'secret' }
const draft = { ...emptyMailbox, address: ' help@example.com ', imap }

it('begins IMAP with what most servers mean', () => {
  expect(imap).toMatchObject({ host: 'imap.example.com', user: 'help@example.com', port: '993', security: 'tls', folder: 'INBOX' })
  expect(beginImap('')).toMatchObject({ host: '', user: '' })
})

it('moves the port with the security, but never one of the reader\'s own', () => {
  expect(withSecurity(imap, 'starttls').port).toBe('143')
  expect(withSecurity({ ...imap, port: '1993' }, 'starttls').port).toBe('1993')
})

describe('the request', () => {
  it('is what the form holds, trimmed', () => {
    expect(bodyOf(draft)).toEqual({
      address: 'help@example.com', name: '', queueId: null, standard: false,
      imap: { host: 'imap.example.com', port: 993, security: 'tls', user: 'help@example.com', folder: 'INBOX', markSeen: true, password: 'secret' },
    })
  })

  it('leaves an empty password out, so that the known one stays', () => expect(bodyOf({ ...draft, imap: { ...imap, password: '' } }).imap).not.toHaveProperty('password'))
  it('takes IMAP away with null', () => expect(bodyOf(emptyMailbox).imap).toBeNull())
})

it('opens a mailbox for editing without its password', () => {
  const { password: _, ...settings } = imap
  const opened = draftOf({ id: 'x', address: 'help@example.com', name: 'Help', queueId: null, standard: true, demo: false, version: 2, imap: { ...settings, port: 993 }, imapStatus: null })
  expect(opened).toMatchObject({ name: 'Help', standard: true, imap: { port: '993', password: '' } })
})

it.each([
  ['an address without a domain', { ...draft, address: 'help' }, ['address']],
  ['an address with a tag', { ...draft, address: 'help+x@example.com' }, ['address']],
  ['a server without a name', { ...draft, imap: { ...imap, host: ' ' } }, ['host']],
  ['a port beyond', { ...draft, imap: { ...imap, port: '70000' } }, ['port']],
  ['nothing wrong', draft, []],
])('finds %s', (_, given, fields) => expect(Object.keys(faultsIn(given))).toEqual(fields))

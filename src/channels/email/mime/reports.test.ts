import { describe, expect, test } from 'vitest'
import { parseMail } from './index.ts'

const parse = (text: string) => parseMail(Buffer.from(text.replaceAll('\n', '\r\n')))
const reasonOf = async (head: string) => (await parse(`From: lee@x.example\n${head}\n\nx`)).automatic?.reason ?? null

test.each([
  ['Subject: hello', null], ['Auto-Submitted: no', null], ['Auto-Submitted: No (a person wrote it)', null], ['auto-submitted: auto-replied (vacation)', 'autoSubmitted'], ['Auto-Submitted: (x) auto-generated; owner-email=a@b', 'autoSubmitted'],
  ['Return-Path: <>', 'nullReturnPath'], ['Return-Path: <lee@x.example>', null], ['Precedence: bulk', 'precedence'], ['Precedence: first-class', null], ['List-Id: <a.b>', 'list'], ['X-Autoreply: yes', 'autoResponder'], ['X-Autoreply: no', null],
  ['X-Auto-Response-Suppress: OOF, AutoReply', 'autoResponseSuppress'], ['X-Auto-Response-Suppress: DR, RN', null], ['Subject: Automatische Antwort: Paket', 'subject'], ['Subject: Re: Automatic reply: parcel', null], ['Subject: Automatic reply does not work', null], ['Subject: Out of office', 'subject'],
])('%s: %s', async (head, reason) => { expect(await reasonOf(head)).toBe(reason) })

const report = (status: string, more = '') => `From: Mail Delivery <mailer-daemon@mx.example>\nReturn-Path: <>\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nIt failed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n${status}\n--b\n${more}\n--b--`
const gone = 'Final-Recipient: rfc822; lee@x.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no such\n user'
const head = 'Content-Type: text/rfc822-headers\n\nMessage-ID: <ours@desk.example>\nSubject: Parcel'

describe('reports in form (RFC 3464)', () => {
  test('name the mail, and each recipient with an outcome of their own', async () => {
    const { bounce } = await parse(report(`${gone}\n\nOriginal-Recipient: rfc822;ana@x.example\nFinal-Recipient: rfc822;forward@y.example\nAction: delayed\nStatus: 4.4.1\n\nFinal-Recipient: rfc822; ok@x.example\nAction: relayed\nStatus: 2.1.5`, head))
    expect(bounce).toEqual({ outcome: 'hard', originalMessageId: '<ours@desk.example>', recipients: [
      { address: 'lee@x.example', status: '5.1.1', diagnostic: '550 5.1.1 no such user', outcome: 'hard' }, { address: 'ana@x.example', status: '4.4.1', diagnostic: null, outcome: 'delayed' }, { address: 'ok@x.example', status: '2.1.5', diagnostic: null, outcome: 'relayed' },
    ] })
  })

  test.each([
    ['Action: failed\nStatus: 5.0.0', 'hard'], ['Action: failed\nStatus: 4.2.2', 'soft'], ['Action: failed\nStatus: 5.2.2', 'soft'], ['Action: failed\nStatus: 5.3.4', 'soft'], ['Action: delayed\nStatus: 4.7.0', 'delayed'], ['Action: delivered\nStatus: 2.0.0', 'relayed'], ['Action: expanded', 'relayed'],
    ['Action: failed\nDiagnostic-Code: smtp; 452 try later', 'soft'], ['Action: failed\nDiagnostic-Code: smtp; 550 mailbox full', 'soft'], ['Action: failed', 'hard'], ['Status: 5.1.1', 'hard'], ['ACTION: Failed (very)\nSTATUS: 5.1.1 (no such)', 'hard'],
  ])('%j is %s', async (fields, outcome) => { expect((await parse(report(`Final-Recipient: rfc822; lee@x.example\n${fields}`))).bounce?.outcome).toBe(outcome) })

  test('the mail is found in the returned mail, in the report, or by what the report answers', async () => {
    expect((await parse(report(gone, 'Content-Type: message/rfc822\n\nMessage-ID: <ours@desk.example>\n\nhello'))).bounce?.originalMessageId).toBe('<ours@desk.example>')
    expect((await parse(report(`${gone}\nX-Original-Message-ID: <ours@desk.example>`))).bounce?.originalMessageId).toBe('<ours@desk.example>')
    expect((await parse(`In-Reply-To: <ours@desk.example>\n${report(gone)}`)).bounce?.originalMessageId).toBe('<ours@desk.example>')
    expect((await parse(report(gone))).bounce?.originalMessageId).toBeNull()
  })
})

describe('reports in words', () => {
  test.each([
    ['qmail', 'From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: failure notice\n\nHi. This is the qmail-send program at mx.example.\nI\'m afraid I wasn\'t able to deliver your message to the following addresses.\nThis is a permanent error; I\'ve given up. Sorry it didn\'t work out.\n\n<lee@x.example>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 unknown user\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <a@desk.example>\nMessage-ID: <ours@desk.example>\nTo: lee@x.example', { outcome: 'hard', originalMessageId: '<ours@desk.example>', recipients: [{ address: 'lee@x.example', status: '5.1.1' }] }],
    ['Exim', 'From: Mail Delivery System <Mailer-Daemon@mx.example>\nX-Failed-Recipients: lee@x.example\nAuto-Submitted: auto-replied\nSubject: Mail delivery failed: returning message to sender\n\nThis message was created automatically by mail delivery software.\n\n  lee@x.example\n    SMTP error from remote mail server after RCPT TO:<lee@x.example>:\n    452 4.2.2 Over quota\n\n------ This is a copy of the message. ------\nMessage-Id: <ours@desk.example>', { outcome: 'soft', originalMessageId: '<ours@desk.example>', recipients: [{ address: 'lee@x.example', status: '4.2.2' }] }],
    ['a warning', 'From: postmaster@mx.example\nSubject: Delivery Status Notification (Delay)\n\nYour message to the following recipient has been delayed:\n\n<lee@x.example>\n\nThe server will keep trying for 3 days.', { outcome: 'delayed' }],
    ['one that names nobody', 'From: mailer-daemon@mx.example\nReturn-Path: <>\nSubject: Undeliverable: parcel\n\nYour message could not be delivered.', { outcome: 'hard', recipients: [] }],
  ])('%s', async (_name, raw, expected) => { expect((await parse(raw)).bounce).toMatchObject(expected) })

  test.each([
    ['a customer who writes about one', 'From: lee@x.example\nSubject: Undelivered mail\n\nYour message could not be delivered to the following address: a@b.example'],
    ['an answer while somebody is away', 'From: lee@x.example\nReturn-Path: <>\nAuto-Submitted: auto-replied\nSubject: Undelivered? I am away\n\nback on Monday'],
    ['a receipt', 'From: lee@x.example\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; lee@x.example\nDisposition: manual-action; displayed\n--b--'],
    ['a complaint about spam', 'From: fbl@x.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n--b--'],
  ])('%s is none', async (_name, raw) => { expect((await parse(raw)).bounce).toBeNull() })
})

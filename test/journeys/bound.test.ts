import { expect, test, type Page } from '@playwright/test'
import { sendMail, signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { openSink, type Sink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { accessible } from '../support/accessible.ts'
import { startProgram, type Program } from '../support/program.ts'

/** Cases that hang together: merged and taken apart again, and partners who are asked by real mail, of whom the customer never hears. */
let sink: Sink
let program: Program
let maya: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  sink = await openSink()
  program = await startProgram({ SMTP_URL: sink.url, UNDO_SEND_SECONDS: '1' })
  maya = await signInFirst(program, await browser.newContext(), 'Maya Lin')
})
test.afterAll(async () => {
  await program?.discard()
  await sink?.close()
})

const ANA = 'ana@northwind.example'
const row = (subject: string) => maya.getByRole('option').filter({ hasText: subject })
const card = (text: string) => maya.locator('.desk-card').filter({ hasText: text })
const mailsTo = (address: string) => sink.kept.filter(({ to }) => to.includes(address))
/** The body as it was written: soft line breaks of the encoding undone. */
const plain = (raw: string) => raw.replace(/=\r?\n/g, '')

test('two mails about one matter are merged, looked at before and undone after', async () => {
  await sendMail(program, { from: `"Ana Ruiz" <${ANA}>`, subject: 'Payout of 4 Nov not received', text: 'My payout has not arrived.' })
  await sendMail(program, { from: `"Ana Ruiz" <${ANA}>`, subject: 'Payout not received, second mail', text: 'Here is my bank statement.' })
  await maya.goto(`${program.url}/lists/unassigned`)
  await row('Payout of 4 Nov not received').click()
  await expect(card('My payout has not arrived')).toBeVisible()
  await expect(maya.getByText('Ana Ruiz has one other open case', { exact: false }).or(maya.getByText('Ana Ruiz has 1 other open case', { exact: false })).first()).toBeVisible()

  await maya.keyboard.press('Shift+M')
  const dialog = maya.getByRole('dialog')
  await dialog.getByRole('button', { name: /second mail/ }).click()
  await expect(dialog.getByText('It brings 1 message', { exact: false }).or(dialog.getByText('It brings one message', { exact: false })).first()).toBeVisible()
  await accessible(maya)
  await dialog.getByRole('button', { name: /^Merge #/ }).click()
  await expect(card('Here is my bank statement')).toContainText(/from #\d+/)
  await expect(maya.getByText(/is merged into #/)).toBeVisible()

  const number = Number(/\/cases\/(\d+)/.exec(maya.url())?.[1])
  const other = number + 1
  await maya.goto(`${program.url}/cases/${other}`)
  await expect(maya.getByText(`#${other} is merged into this case.`)).toBeVisible()
  await expect(maya).toHaveURL(new RegExp(`/cases/${number}`))
  await maya.goto(`${program.url}/lists/unassigned`)
  await expect(row('Payout of 4 Nov not received')).toBeVisible()
  await expect(row('second mail')).toHaveCount(0)

  await maya.goto(`${program.url}/cases/${number}`)
  await maya.getByRole('button', { name: `Take #${other} out again` }).click()
  await expect(card('Here is my bank statement')).toHaveCount(0)
  await maya.goto(`${program.url}/cases/${other}`)
  await expect(card('Here is my bank statement')).toBeVisible()
})

test('a bank is asked by mail, answers by mail, and the customer gets none of it', async () => {
  await maya.goto(`${program.url}/lists/unassigned`)
  await row('Payout of 4 Nov not received').click()
  await expect(card('My payout has not arrived')).toBeVisible()
  await maya.keyboard.press('Shift+P')
  const dialog = maya.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'To' }).fill('Bank Desk <desk@bank.example>')
  await dialog.getByRole('textbox', { name: 'Text' }).fill('Please trace this payout. SECRET-QUESTION')
  await accessible(maya)
  await dialog.getByRole('button', { name: 'Send' }).click()
  await expect.poll(() => mailsTo('desk@bank.example').length).toBe(1)
  const asked = mailsTo('desk@bank.example')[0]!
  expect(asked.to).toEqual(['desk@bank.example'])
  expect(plain(asked.raw)).toContain('SECRET-QUESTION')
  const replyTo = /^reply-to:\s*<?([^\s<>]+@[^\s<>]+)>?/im.exec(asked.raw)?.[1] ?? ''

  // The partner answers to the address that only they know, with every mark of the customer's conversation that they could have got hold of.
  await sendMail(program, { from: '"Bank Desk" <desk@bank.example>', to: replyTo, subject: 'Re: trace', text: 'It was held back. SECRET-ANSWER', inReplyTo: asked.messageId })
  await expect(maya.getByText('Answered: it is our turn')).toBeVisible()
  await expect(card('SECRET-ANSWER')).toHaveCount(0)
  await maya.getByRole('button', { name: /Answered: it is our turn/ }).click()
  await expect(maya.getByRole('dialog').getByText('SECRET-ANSWER')).toBeVisible()
  await accessible(maya)
  await maya.getByRole('dialog').getByRole('textbox').fill('Thank you, that helps.')
  await maya.keyboard.press('Control+Enter')
  await expect.poll(() => mailsTo('desk@bank.example').length).toBe(2)
  await maya.keyboard.press('Escape')

  await maya.keyboard.press('r')
  await maya.getByRole('textbox', { name: 'Reply' }).fill('Hello Ana, it is on its way again.')
  await maya.keyboard.press('Control+Enter')
  await expect.poll(() => mailsTo(ANA).length).toBe(1)
  const said = plain(mailsTo(ANA)[0]!.raw)
  expect(mailsTo(ANA)[0]!.to).toEqual([ANA])
  expect(said).toContain('it is on its way again')
  expect(said).not.toMatch(/SECRET|bank\.example/)
  expect(said).not.toContain(asked.messageId)
})

test('what waits for partners stands in one list', async () => {
  await maya.goto(`${program.url}/sides`)
  await expect(maya.getByRole('heading', { name: 'Waiting for partners' })).toBeVisible()
  await expect(maya.getByText('Bank Desk')).toBeVisible()
  await accessible(maya)
  await maya.getByRole('link', { name: /Payout of 4 Nov/ }).click()
  await expect(maya.getByRole('dialog').getByText('Thank you, that helps.')).toBeVisible()
  await maya.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await expect(maya.getByText('The side conversation is done')).toBeVisible()
  await maya.goto(`${program.url}/sides`)
  await expect(maya.getByText('Nothing waits for partners')).toBeVisible()
})

import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { sendMail, signInColleague, signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { openSink, type Sink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { startProgram, type Program } from '../support/program.ts'

let sink: Sink
let program: Program
let maya: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  sink = await openSink()
  program = await startProgram({ SMTP_URL: sink.url, UNDO_SEND_SECONDS: '2' })
  maya = await signInFirst(program, await browser.newContext(), 'Maya Lin')
})
test.afterAll(async () => {
  await program?.discard()
  await sink?.close()
})

const row = (page: Page, subject: string) => page.getByRole('option').filter({ hasText: subject })
const card = (page: Page, text: string) => page.locator('.desk-card').filter({ hasText: text })

test('a mail appears live, is answered, arrives, and the answer to it joins the same case', async () => {
  await maya.goto(`${program.url}/lists/unassigned`)
  await expect(maya.getByText('Nothing waits for somebody')).toBeVisible()
  await sendMail(program, { from: '"Ana Ruiz" <ana@northwind.example>', subject: 'Payout of 4 Nov not received', text: 'Hello, my payout has not arrived.' })
  await expect(row(maya, 'Payout of 4 Nov not received')).toBeVisible()

  await row(maya, 'Payout of 4 Nov not received').click()
  await expect(card(maya, 'my payout has not arrived')).toBeVisible()
  await maya.keyboard.press('r')
  await maya.getByRole('textbox', { name: 'Reply' }).fill('Hello Ana, it left today.')
  await maya.keyboard.press('Control+Enter')
  await expect(card(maya, 'it left today')).toContainText(/Sending in|On its way|Delivered/)
  await expect.poll(() => sink.kept.length).toBe(1)
  await expect(card(maya, 'it left today')).toContainText('Delivered to the mail server')
  expect(sink.kept[0]?.to).toEqual(['ana@northwind.example'])
  expect(sink.kept[0]?.raw).toContain('it left today')

  await sendMail(program, { from: '"Ana Ruiz" <ana@northwind.example>', subject: 'Re: something else entirely', text: 'Thank you, it is here.', inReplyTo: sink.kept[0]?.messageId ?? '' })
  await expect(card(maya, 'Thank you, it is here')).toBeVisible()
  await expect(card(maya, 'Thank you, it is here')).toContainText(/Joined by its reference to your reply of \d\d:\d\d/)
  await expect(maya.locator('.desk-card')).toHaveCount(3)
})

test('new cases announce themselves and move nothing', async () => {
  await maya.goto(`${program.url}/lists/all`)
  await expect(row(maya, 'Payout of 4 Nov')).toBeVisible()
  const before = await row(maya, 'Payout of 4 Nov').boundingBox()
  await sendMail(program, { from: 'lee@contoso.example', subject: 'Webhook failing', text: 'Since this morning.' })
  await expect(maya.getByRole('button', { name: '1 new' })).toBeVisible()
  expect(await row(maya, 'Payout of 4 Nov').boundingBox()).toEqual(before)
  await maya.keyboard.press('.')
  await expect(row(maya, 'Webhook failing')).toBeVisible()
})

test('a draft survives a reload, an undone reply is a draft again and never leaves', async () => {
  await maya.goto(`${program.url}/lists/all`)
  await row(maya, 'Webhook failing').click()
  await maya.keyboard.press('r')
  await maya.getByRole('textbox', { name: 'Reply' }).fill('Which endpoint is')
  await expect(maya.getByText('Draft saved')).toBeVisible()
  // The last words do not reach the server before the page is gone.
  await maya.route('**/drafts/**', (route) => route.abort())
  await maya.getByRole('textbox', { name: 'Reply' }).fill('Which endpoint is it?')
  await maya.reload()
  await maya.unroute('**/drafts/**')
  await expect(maya.getByRole('textbox', { name: 'Reply' })).toHaveValue('Which endpoint is it?')

  const mails = sink.kept.length
  await maya.keyboard.press('Control+Enter')
  await expect(card(maya, 'Which endpoint is it?')).toBeVisible()
  await maya.keyboard.press('z')
  await expect(maya.getByRole('textbox', { name: 'Reply' })).toHaveValue('Which endpoint is it?')
  await expect(card(maya, 'Which endpoint is it?')).toHaveCount(0)
  await maya.waitForTimeout(3_000)
  expect(sink.kept.length).toBe(mails)
  await maya.getByRole('textbox', { name: 'Reply' }).press('Control+Shift+Backspace')
  await expect(maya.getByRole('textbox', { name: 'Reply' })).toHaveCount(0)
})

test('two agents see each other, and a reply that passes over a newer message is refused and shows it', async ({ browser }) => {
  const context = await browser.newContext()
  const lee = await signInColleague(program, maya, context, 'Lee Chen')
  await maya.goto(`${program.url}/lists/all`)
  await row(maya, 'Webhook failing').click()
  await expect(card(maya, 'Since this morning')).toBeVisible()
  const address = maya.url().replace(/\/lists\/all\//, '/cases/')
  await lee.goto(address)
  await expect(lee.getByRole('img', { name: 'Maya Lin is looking at it' }).first()).toBeVisible()
  await expect(maya.getByRole('img', { name: 'Lee Chen is looking at it' }).first()).toBeVisible()
  await lee.keyboard.press('r')
  await lee.getByRole('textbox', { name: 'Reply' }).pressSequentially('I am on it.')
  await expect(maya.getByText('Lee Chen is writing a reply')).toBeVisible()

  // Lee's window hears nothing any more, as behind a dead line.
  await lee.route('**/api/v1/cases/*/messages*', (route) => route.abort())
  await sendMail(program, { from: 'lee@contoso.example', subject: 'Re: Webhook failing', text: 'It works again, thank you.', inReplyTo: await messageIdOf(maya) })
  await expect(card(maya, 'It works again')).toBeVisible()
  await lee.getByRole('textbox', { name: 'Reply' }).press('Control+Enter')
  await expect(lee.getByText('Not sent: a newer message came in while you were writing.')).toBeVisible()
  await expect(lee.getByRole('alert').filter({ hasText: 'It works again, thank you.' })).toBeVisible()
  await lee.unroute('**/api/v1/cases/*/messages*')
  await lee.getByRole('button', { name: 'Send anyway after reading' }).click()
  await expect(card(maya, 'I am on it.')).toBeVisible()
  await context.close()
})

/** The Message-ID of the case's first mail, as its sender knows it. */
async function messageIdOf(page: Page): Promise<string> {
  const number = /\/(\d+)$/.exec(new URL(page.url()).pathname)?.[1] ?? ''
  const answer = await page.request.get(`${program.url}/api/v1/cases/${number}/messages`)
  const { items } = await answer.json()
  return String(items[0].messageId)
}

for (const scheme of ['light', 'dark'] as const) {
  test(`inbox and case have nothing for axe to say, ${scheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: scheme, storageState: await maya.context().storageState(), reducedMotion: 'reduce' })
    const page = await context.newPage()
    await page.goto(`${program.url}/lists/all`)
    await expect(row(page, 'Webhook failing')).toBeVisible()
    expect(await violations(page)).toEqual([])
    await row(page, 'Payout of 4 Nov').click()
    await expect(page.locator('.desk-card').first()).toBeVisible()
    await page.keyboard.press('n')
    await expect(page.getByRole('textbox', { name: 'Note' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    await context.close()
  })
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze()
  return found.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`))
}

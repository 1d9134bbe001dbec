import { expect, test, type Page } from '@playwright/test'
import { openImapServer, type ImapTestServer } from '../../src/channels/email/intake/testing/imap-server.ts'
import { openSink, type Sink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { accessible } from '../support/accessible.ts'
import { freePort, startProgram, type Program } from '../support/program.ts'

let program: Program
let sink: Sink
let imap: ImapTestServer
let ana: Page

test.describe.configure({ mode: 'serial' })
test.use({ actionTimeout: 10_000 })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  sink = await openSink()
  imap = await openImapServer({ user: 'help@desk.example', password: 'imap secret' })
  program = await startProgram({ SMTP_URL: sink.url, UNDO_SEND_SECONDS: '0' })
  ana = await signInFirst(program, await browser.newContext({ baseURL: program.url, reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] }), 'Ana Ruiz')
})
test.afterAll(async () => {
  await program?.discard()
  await imap?.close()
  await sink?.close()
})

const button = (name: string | RegExp) => ana.getByRole('button', { name })
const rows = (table: string) => ana.getByRole('table', { name: table }).getByRole('row')
const drawer = () => ana.getByRole('dialog')

async function choose(label: string, option: string) {
  await ana.getByRole('combobox', { name: label }).click()
  await ana.getByRole('option', { name: option }).first().click()
}

test('a site shows what time it is there', async () => {
  await ana.goto('/settings/sites')
  await expect(ana.getByText('There are no sites yet')).toBeVisible()
  await ana.keyboard.press('n')
  await ana.getByLabel('Name').fill('Mexico City')
  await ana.getByRole('combobox', { name: 'Country' }).fill('mexico')
  await ana.keyboard.press('Enter')
  await ana.getByRole('combobox', { name: 'Time zone' }).fill('america/mexico city')
  await ana.keyboard.press('Enter')
  await accessible(ana)
  await button('Add').click()
  await expect(rows('Sites').filter({ hasText: 'Mexico City' })).toContainText('6 h behind you')
  await accessible(ana)
})

test('a team is added, put away and taken back; a skill gets its key from its name', async () => {
  await ana.goto('/settings/teams?team=new')
  await ana.getByLabel('Name').fill('Payments')
  await choose('Site', 'Mexico City')
  await button('Add').click()
  await expect(rows('Teams').filter({ hasText: 'Payments' })).toContainText('Mexico City')
  await rows('Teams').filter({ hasText: 'Payments' }).click()
  await button('Put Payments away').click()
  await expect(ana.getByText('There are no teams yet')).toBeVisible()
  await button('Undo').click()
  await expect(rows('Teams').filter({ hasText: 'Payments' })).toBeVisible()

  await ana.goto('/settings/skills?skill=new')
  await ana.getByLabel('Name').fill('Card disputes')
  await expect(ana.getByText('Rules and templates call it card_disputes')).toBeVisible()
  await button('Add').click()
  await expect(rows('Skills').filter({ hasText: 'card_disputes' })).toBeVisible()
  await accessible(ana)
})

let invitation = ''

test('a person is added, and invited by a link that is copied', async () => {
  await ana.goto('/settings/people')
  await expect(rows('People')).toHaveCount(2)
  await button('Add a person').click()
  await ana.getByLabel('Name').fill('Lee Chen')
  await button('Add, and make the link').click()
  await expect(ana.getByText('Write the whole address')).toBeVisible()
  await ana.getByLabel('Mail address').fill('lee@desk.example')
  await choose('Team', 'Payments')
  await accessible(ana)
  await button('Add, and make the link').click()

  await button('Make the invitation link').click()
  await button('Copy the link').click()
  invitation = await ana.evaluate(() => navigator.clipboard.readText())
  expect(invitation).toContain(`${program.url}/sign-in/link#token=`)
  await button('Add a skill').click()
  await ana.getByRole('menuitem', { name: 'Card disputes' }).click()
  await expect(drawer().getByText('Alone')).toBeVisible()
  await accessible(ana)
  await ana.keyboard.press('Escape')
  await expect(rows('People').filter({ hasText: 'Lee Chen' })).toContainText('Invited')
  await accessible(ana)
})

let lee: Page

test('the one invited sets a password, gets in, and sees no settings of others', async ({ browser }) => {
  lee = await (await browser.newContext({ baseURL: program.url, reducedMotion: 'reduce' })).newPage()
  await lee.goto(invitation)
  await expect(lee.getByText('Lee Chen, choose a password. You sign in with lee@desk.example.')).toBeVisible()
  await lee.getByLabel('New password').fill('nine blue foxes at midnight')
  await lee.getByRole('button', { name: 'Come in' }).click()
  await expect(lee.getByRole('button', { name: 'Lee Chen: your menu' })).toBeVisible()
  await lee.goto('/settings')
  await expect(lee.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'People' })).toBeVisible()
  await expect(lee.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'API tokens' })).toHaveCount(0)
  await lee.goto('/settings/people')
  await expect(lee.getByRole('table', { name: 'People' })).toBeVisible()
  await expect(lee.getByRole('button', { name: 'Add a person' })).toHaveCount(0)
})

test('two administrators edit one person: the second is told in words, and chooses', async () => {
  await ana.getByRole('searchbox', { name: 'Search' }).fill('lee')
  await rows('People').filter({ hasText: 'Lee Chen' }).click()
  await expect(ana.getByLabel('Capacity')).toHaveValue('20')
  const id = new URL(ana.url()).searchParams.get('agent') ?? ''
  const changed = await ana.request.patch(`/api/v1/agents/${id}`, { data: { name: 'Lee Chen-Ruiz' }, headers: { 'x-requested-with': 'meridian' } })
  expect(changed.status()).toBe(200)
  await ana.getByLabel('Capacity').fill('25')
  await button('Save').click()
  await expect(ana.getByRole('alert')).toContainText('While you were editing, somebody changed the name from Lee Chen to Lee Chen-Ruiz.')
  await button('Save mine all the same').click()
  await expect(drawer()).toHaveCount(0)
  const now = await (await ana.request.get(`/api/v1/agents/${id}`)).json()
  expect([now.capacity, now.name]).toEqual([25, 'Lee Chen-Ruiz'])
})

test('somebody who leaves is out at once, and undo takes them back', async () => {
  await rows('People').filter({ hasText: 'Lee Chen' }).click()
  await button(/^Deactivate Lee/).click()
  await expect(ana.getByText('Lee Chen-Ruiz is deactivated')).toBeVisible()
  await lee.goto('/outbox')
  await expect(lee).toHaveURL(/\/sign-in/)
  await button('Undo').click()
  await expect(rows('People').filter({ hasText: 'Lee Chen' })).toBeVisible()
  await lee.context().close()
})

test('a token is shown once, works, and opens nothing once it is revoked', async () => {
  await ana.goto('/settings/tokens')
  await expect(ana.getByText('There are no tokens yet')).toBeVisible()
  await accessible(ana)
  await button('New token').click()
  await ana.getByLabel('Name').fill('Reporting export')
  await accessible(ana)
  await button('Make the token').click()
  const token = await ana.getByLabel('The token').textContent() ?? ''
  await accessible(ana)
  await button('I have kept it').click()
  const me = () => fetch(`${program.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })
  expect((await (await me()).json()).name).toBe('Reporting export')

  await button('Revoke ...').click()
  await expect(drawer()).toContainText('gets 401 from now on')
  await button('Revoke it').click()
  await expect(rows('API tokens').filter({ hasText: 'Reporting export' })).toContainText('Revoked')
  await expect.poll(async () => (await me()).status).toBe(401)
})

test('a mailbox is set up, and its test really connects and says what fails', async () => {
  await ana.goto('/settings/mailboxes?mailbox=new')
  await ana.getByLabel('Address', { exact: true }).fill('help@desk.example')
  await ana.getByRole('switch', { name: 'Fetch mail over IMAP' }).click()
  await ana.getByLabel('Server', { exact: true }).fill('127.0.0.1')
  await choose('Encryption', 'None, in the clear')
  await ana.getByLabel('Port', { exact: true }).fill(String(await freePort()))
  await ana.getByLabel('Password').fill('imap secret')
  await accessible(ana)
  await button('Set it up').click()

  await rows('Mailboxes').filter({ hasText: 'help@desk.example' }).click()
  await button('Test the connection').click()
  await expect(drawer()).toContainText('Fetching mail (IMAP) does not work')
  await expect(drawer()).toContainText('Nobody listens at this address and port')
  await expect(drawer()).toContainText('Sending mail (SMTP) works')
  await accessible(ana)

  // The kept password goes to no other server than the one it was given for.
  await ana.getByLabel('Port', { exact: true }).fill(String(imap.port))
  await ana.getByLabel('Password').fill('imap secret')
  await button('Save').click()
  await rows('Mailboxes').filter({ hasText: 'help@desk.example' }).click()
  await button('Test the connection').click()
  await expect(drawer()).toContainText('Fetching mail (IMAP) works')
  await expect(drawer()).toContainText('Signed in; INBOX holds 0 mails')
  await button('Put away ...').click()
  await button('Put help@desk.example away').click()
  await expect(rows('Mailboxes').filter({ hasText: 'help@desk.example' })).toHaveCount(0)
})

import { expect, test, type Page } from '@playwright/test'
import { openSink, type Sink } from '../../src/channels/email/outgoing/testing/sink.ts'
import { sendMail, signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { accessible } from '../support/accessible.ts'
import { startProgram, type Program } from '../support/program.ts'

let program: Program
let sink: Sink
let ana: Page
let northwind: string
let luis: string

test.describe.configure({ mode: 'serial' })
test.use({ actionTimeout: 10_000 })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  sink = await openSink()
  program = await startProgram({ SMTP_URL: sink.url, UNDO_SEND_SECONDS: '0' })
  ana = await signInFirst(program, await browser.newContext({ baseURL: program.url, reducedMotion: 'reduce' }), 'Ana Ruiz')
  northwind = await post('/api/v1/accounts', { name: 'Northwind Ltda.', segment: 'smb', country: 'MX', platformId: 'acct_1Nv0FG' })
  luis = await post('/api/v1/customers', { name: 'Luis Romero', addresses: ['luis@northwind.example'], accountId: northwind })
  await post('/api/v1/customers', { name: 'L. Romero', addresses: ['lromero@mail.example'] })
})
test.afterAll(async () => {
  await program?.discard()
  await sink?.close()
})

const headers = () => ({ 'x-requested-with': 'meridian' })

async function post(path: string, data: unknown): Promise<string> {
  const response = await ana.request.post(path, { data, headers: { ...headers(), 'idempotency-key': crypto.randomUUID() } })
  expect(response.ok(), `${path}: ${await response.text()}`).toBe(true)
  return (await response.json()).id
}

const button = (name: string | RegExp) => ana.getByRole('button', { name })
const row = (text: string) => ana.getByRole('option').filter({ hasText: text })

test('accounts are found, opened by keyboard and added', async () => {
  await ana.goto('/accounts')
  await expect(row('Northwind Ltda.')).toContainText('Mexico')
  await accessible(ana)
  await ana.getByRole('searchbox', { name: 'Search' }).fill('acme')
  await expect(ana.getByText('No account fits')).toBeVisible()
  await expect(ana).toHaveURL(/\/accounts\?q=acme$/)
  await ana.getByRole('searchbox', { name: 'Search' }).fill('north')
  await expect(row('Northwind Ltda.')).toBeVisible()
  await ana.getByRole('listbox', { name: 'Accounts' }).focus()
  await ana.keyboard.press('j')
  await ana.keyboard.press('Enter')
  await expect(ana).toHaveURL(new RegExp(`/accounts/${northwind}$`))
  await expect(ana.getByRole('heading', { name: 'Northwind Ltda.' })).toBeVisible()
  await expect(ana.getByRole('complementary').getByRole('link', { name: /Luis Romero/ })).toBeVisible()
  await accessible(ana)

  await ana.goto('/accounts?account=new')
  await ana.getByLabel('Name').fill('Zephyr Labs')
  await accessible(ana)
  await button('Add').click()
  await expect(ana.getByRole('heading', { name: 'Zephyr Labs' })).toBeVisible()
  await expect(ana.getByText('Nobody yet')).toBeVisible()
  await accessible(ana)
})

test('an edit over somebody else\'s change says what they changed, and either is kept', async () => {
  await ana.goto(`/accounts/${northwind}`)
  await expect(ana.getByRole('heading', { name: 'Northwind Ltda.' })).toBeVisible()
  await ana.keyboard.press('e')
  await ana.getByLabel('Platform id').fill('acct_new')
  await accessible(ana)
  const theirs = await ana.request.patch(`/api/v1/accounts/${northwind}`, { data: { segment: 'enterprise' }, headers: headers() })
  expect(theirs.status()).toBe(200)
  await button('Save').click()
  await expect(ana.getByRole('alert')).toContainText('While you were editing, somebody changed the segment from SMB to Enterprise.')
  await accessible(ana)
  await button('Save mine all the same').click()
  await expect(ana.getByRole('complementary')).toContainText('acct_new')
  await expect(ana.getByRole('complementary')).toContainText('Enterprise')
  await button('Undo').click()
  await expect(ana.getByRole('complementary')).toContainText('acct_1Nv0FG')
  await expect(ana.getByRole('complementary')).toContainText('Enterprise')
})

test('addresses come and go; one that is taken says by whom', async () => {
  await ana.goto(`/customers/${luis}`)
  await expect(ana.getByRole('heading', { name: 'Luis Romero' })).toBeVisible()
  const addresses = ana.getByRole('region', { name: /^Addresses/ })
  await addresses.getByRole('button', { name: 'Add' }).click()
  await addresses.getByLabel('New address').fill('lromero@mail.example')
  await addresses.getByRole('button', { name: 'Add' }).click()
  await expect(addresses.getByRole('alert')).toContainText('belongs to another customer')
  await expect(addresses.getByRole('link', { name: 'Show who has it' })).toBeVisible()
  await addresses.getByLabel('New address').fill('Luis.Home@Example.org')
  await addresses.getByRole('button', { name: 'Add' }).click()
  await expect(addresses.getByRole('listitem')).toHaveCount(2)
  await accessible(ana)
  await addresses.getByRole('button', { name: 'Remove luis.home@example.org' }).click()
  await expect(addresses.getByRole('listitem')).toHaveCount(1)
  await button('Undo').click()
  await expect(addresses.getByRole('listitem')).toHaveCount(2)
})

test('two customers who are one are merged, with what will happen said before, and parted again', async () => {
  const addresses = ana.getByRole('region', { name: /^Addresses/ }).getByRole('listitem')
  await ana.keyboard.press('m')
  await ana.getByRole('combobox', { name: 'The same person' }).fill('l. rom')
  await ana.getByRole('option', { name: /L. Romero/ }).click()
  const preview = ana.getByRole('region', { name: 'What will happen' })
  await expect(preview).toContainText('Luis Romero gets lromero@mail.example. Mail from there is mail from Luis Romero.')
  await expect(preview).toContainText('You can take this back at any time.')
  await accessible(ana)
  await button('Merge').last().click()
  await expect(addresses).toHaveCount(3)
  await expect(ana.getByRole('region', { name: /^Merges/ })).toContainText('L. Romero became part of this one')
  await accessible(ana)

  await ana.getByRole('region', { name: /^Merges/ }).getByRole('link', { name: 'L. Romero' }).click()
  await expect(ana.getByText('This customer was merged into Luis Romero')).toBeVisible()
  await expect(button('Merge ...')).toHaveCount(0)
  await ana.goBack()
  await button('Undo').click()
  await expect(addresses).toHaveCount(2)
  await expect(ana.getByRole('region', { name: /^Merges/ })).toContainText('Taken back')
})

test('the outbox shows a reply that was sent, as it went over the wire', async () => {
  await sendMail(program, { from: '"Luis Romero" <luis@northwind.example>', subject: 'Payout of 4 Nov', text: 'Where is it? My card is 4111 1111 1111 1111.' })
  const number = await expect.poll(async () => (await (await ana.request.get('/api/v1/cases')).json()).items[0]?.number).toBeTruthy().then(async () => (await (await ana.request.get('/api/v1/cases')).json()).items[0].number)
  const seen = (await (await ana.request.get(`/api/v1/cases/${number}/messages`)).json()).items.at(-1).id
  await post(`/api/v1/cases/${number}/replies`, { body: 'Hello Luis, it left today.', visibility: 'public', seenMessageId: seen })
  await expect.poll(() => sink.kept.length).toBe(1)

  await ana.goto('/outbox')
  await expect(row('Payout of 4 Nov')).toContainText('Sent')
  await row('Payout of 4 Nov').click()
  const mail = ana.getByRole('article')
  await expect(mail.getByRole('heading', { name: /Payout of 4 Nov/ })).toBeVisible()
  await expect(mail).toContainText('Hello Luis, it left today.')
  await expect(mail).toContainText(/taken: 250/)
  await accessible(ana)
  await mail.getByRole('tab', { name: 'As a mail program shows it' }).click()
  await expect(ana.frameLocator('iframe').getByText('it left today')).toBeVisible()
  await mail.getByRole('tab', { name: /Headers/ }).click()
  await expect(mail).toContainText(sink.kept[0]?.messageId ?? 'the message id')
  await accessible(ana)
  await ana.goto('/outbox?show=decide')
  await expect(ana.getByText('No mail fits')).toBeVisible()
})

test('an address that does not exist is held, and released', async () => {
  sink.manner = { recipients: { 'gone@northwind.example': '550 5.1.1 no such user' } }
  const number = (await (await ana.request.post('/api/v1/cases', { data: { subject: 'Are you there?', body: 'Hello', customer: { email: 'gone@northwind.example' } }, headers: { ...headers(), 'idempotency-key': crypto.randomUUID() } })).json()).number
  await post(`/api/v1/cases/${number}/replies`, { body: 'Hello?', visibility: 'public', seenMessageId: (await (await ana.request.get(`/api/v1/cases/${number}/messages`)).json()).items.at(-1).id })
  await ana.goto('/outbox')
  await expect(row('Are you there?')).toContainText('Failed')
  await row('Are you there?').click()
  await expect(ana.getByRole('article')).toContainText('refused: 550 5.1.1 no such user')
  await accessible(ana)
  await ana.getByRole('tab', { name: 'Held addresses' }).click()
  const held = ana.getByRole('row').filter({ hasText: 'gone@northwind.example' })
  await expect(held).toContainText('There is no such mailbox')
  await accessible(ana)
  await held.getByRole('button', { name: 'Release' }).click()
  await expect(ana.getByText('No address is held')).toBeVisible()

  sink.manner = 'accept'
  await ana.goto('/outbox?show=decide')
  await row('Are you there?').click()
  await button('Try again').click()
  await expect.poll(() => sink.kept.length).toBe(2)
  await ana.goto('/outbox')
  await expect(row('Are you there?')).toContainText('Sent')
})

test('raw mails say what each became; what a machine floods waits in quarantine, and is released', async () => {
  await ana.goto('/raw-mails')
  await row('Payout of 4 Nov').click()
  const mail = ana.getByRole('article')
  await expect(mail).toContainText('Opened a case')
  await expect(mail).toContainText('one was masked before anything was kept')
  await accessible(ana)
  const download = ana.waitForEvent('download')
  await mail.getByRole('link', { name: 'Download .eml' }).click()
  expect((await download).suggestedFilename()).toMatch(/\.eml$/)

  for (let turn = 0; turn < 10; turn++) await sendMail(program, { from: 'robot@loud.example', subject: 'Status of job', text: `Run ${turn}` })
  await ana.goto('/quarantine')
  const held = ana.getByRole('row').filter({ hasText: 'robot@loud.example' })
  await expect(held).toContainText('More than 8 mails with one subject came within 10 minutes.')
  await expect(held).toContainText('2 mails')
  await accessible(ana)
  await held.getByRole('link', { name: '2 mails' }).click()
  await expect(row('Status of job')).toHaveCount(2)
  await row('Status of job').first().click()
  await expect(mail).toContainText('In quarantine')
  await ana.goto('/quarantine')
  await held.getByRole('button', { name: 'Release ...' }).click()
  await accessible(ana)
  await button('Take in 2 mails').click()
  await expect(ana.getByText('Nobody is held')).toBeVisible()
  await accessible(ana)
})

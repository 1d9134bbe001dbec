import { expect, test, type Page } from '@playwright/test'
import { sendMail, signInColleague, signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { accessible } from '../support/accessible.ts'
import { startProgram, type Program } from '../support/program.ts'

/** Looking for cases with the keyboard: words, phrases, what must not be there, ids, files, and what lies behind a wall. */

let program: Program
let admin: Page
let maya: Page

async function call(method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await admin.request.fetch(`${program.url}/api/v1${path}`, { method, data: body, headers: { 'x-requested-with': 'meridian', origin: program.url, ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}) } })
  if (!response.ok()) throw new Error(`${method} ${path} answered ${response.status()}: ${await response.text()}`)
  return await response.json()
}

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(180_000)
  program = await startProgram({ DEMO: '0' })
  admin = await signInFirst(program, await browser.newContext(), 'Niamh Byrne')
  maya = await signInColleague(program, admin, await browser.newContext(), 'Maya Lin')
  const team = await call('POST', '/teams', { name: 'Risk' })
  await call('POST', '/queues', { key: 'vault', name: 'Vault', walled: true, teams: [team['id']] })
  await sendMail(program, { from: '"Ana Ruiz" <ana@northwind.example>', subject: 'Zebra crossing', text: 'The striped horses were refunded twice, see pi_3NxQ9aZkLm4T.' })
  await sendMail(program, { from: '"Lee Chen" <lee@acme.example>', subject: 'Zebra', text: 'A refund of the stripes, please.' })
  await call('POST', '/cases', { subject: 'Zebra in the vault', body: 'Nobody else may read this.', customer: { email: 'v@vault.example' }, queue: 'vault' })
  await maya.goto(program.url)
  await expect(maya.getByRole('option').filter({ hasText: 'Zebra crossing' })).toBeVisible({ timeout: 20_000 })
})
test.afterAll(async () => { await program?.discard() })

const box = () => maya.getByRole('combobox', { name: 'Search' })
const found = () => maya.getByRole('listbox', { name: 'What was found' }).getByRole('option')
const ask = async (text: string) => {
  await box().fill(text)
  await maya.keyboard.press('Escape')
  await box().focus()
}

test('from a key to a case, and back to where one was', async () => {
  await maya.keyboard.press('/')
  await expect(box()).toBeFocused()
  await expect(maya.getByRole('heading', { name: 'How to ask' })).toBeVisible()
  await accessible(maya)
  await maya.keyboard.press('/')
  await maya.keyboard.type('zebra')
  await expect(found()).toHaveCount(2)
  await expect(maya).toHaveURL(/\/search\?q=zebra$/)
  await expect(maya.locator('.search-foot')).toContainText('2 cases; everything was looked through')
  await accessible(maya)
  await maya.keyboard.press('/')
  await maya.keyboard.press('ArrowDown')
  await maya.keyboard.press('j')
  await maya.keyboard.press('Enter')
  await expect(maya).toHaveURL(/\/cases\/\d+$/)
  await maya.goBack()
  await expect(box()).toHaveValue('zebra')
  await expect(found()).toHaveCount(2)
})

test('phrases, what must not stand there, and fields with their values offered', async () => {
  await ask('"striped horses"')
  await expect(found()).toHaveCount(1)
  await expect(found().locator('mark')).toHaveText('striped horses')
  await ask('zebra -crossing')
  await expect(found()).toHaveCount(1)
  await expect(found()).toContainText('Lee Chen')
  await ask('zebra -refund')
  await expect(maya.getByText('Nothing fits “zebra -refund”')).toBeVisible()
  await box().fill('')
  await maya.keyboard.type('zebra sta')
  await expect(maya.getByRole('option', { name: /^status:/ })).toBeVisible()
  await maya.keyboard.press('Tab')
  await maya.keyboard.type('so')
  await expect(maya.getByRole('option', { name: 'solved' })).toBeVisible()
  await maya.keyboard.press('Enter')
  await expect(box()).toHaveValue('zebra status:solved ')
  await expect(maya.getByText('Nothing fits “zebra status:solved”')).toBeVisible()
  await ask('zebra status:sovled x')
  await expect(maya.getByText('“sovled” is not one of the values here')).toBeVisible()
})

test('an id is found as it is, with a slip, and from the palette', async () => {
  await ask('pi_3NxQ9aZkLm4T')
  await expect(found()).toHaveCount(1)
  await expect(found()).toContainText('mentions pi_3nxq9azklm4t')
  await ask('pi_3NxQ9aZkLm4X')
  await expect(found()).toContainText('Like what you wrote')
  await maya.keyboard.press('Control+k')
  await expect(maya.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await maya.keyboard.type('lee@acme.example')
  await expect(maya.getByRole('option', { name: 'Case with lee@acme.example' })).toBeVisible()
  await maya.keyboard.press('Enter')
  await expect(maya.locator('.desk-subject')).toContainText('Zebra')
  await expect(maya.locator('.desk-card')).toContainText('A refund of the stripes')
})

test('what lies behind a wall is found by nobody else', async () => {
  await maya.goto(`${program.url}/search?q=${encodeURIComponent('"nobody else may read"')}`)
  await expect(maya.getByText(/Nothing fits/)).toBeVisible()
  await admin.goto(`${program.url}/search?q=${encodeURIComponent('"nobody else may read"')}`)
  await expect(admin.getByRole('listbox', { name: 'What was found' }).getByRole('option')).toContainText('Zebra in the vault')
})

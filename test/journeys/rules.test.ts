import { expect, test, type Page } from '@playwright/test'
import { signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { accessible } from '../support/accessible.ts'
import { startProgram, type Program } from '../support/program.ts'

let program: Program
let maya: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  program = await startProgram()
  maya = await signInFirst(program, await browser.newContext(), 'Maya Lin')
})
test.afterAll(() => program?.discard())

async function open(subject: string): Promise<number> {
  const response = await maya.request.fetch(`${program.url}/api/v1/cases`, {
    method: 'POST', data: { subject, body: 'Please help.', customer: { email: 'ana@northwind.example', name: 'Ana Ruiz' } }, headers: { 'x-requested-with': 'meridian', origin: program.url, 'idempotency-key': crypto.randomUUID() },
  })
  return Number((await response.json()).number)
}

test('a rule is written, tried on what happened without doing anything, and then does it', async () => {
  const before = await open('Payout missing')
  await open('Webhook fails')
  await maya.goto(`${program.url}/settings/rules`)
  await expect(maya.getByText('No rules yet')).toBeVisible()
  await maya.keyboard.press('n')
  await maya.getByLabel('Name').fill('Payouts first')
  await maya.getByRole('combobox', { name: 'Which cases' }).fill('subject:payout')
  await maya.keyboard.press('Escape')
  await maya.getByRole('button', { name: 'Add an action' }).press('Enter')
  await maya.getByRole('menuitem', { name: 'Set priority' }).press('Enter')
  await maya.getByRole('button', { name: 'Try it' }).press('Enter')
  await expect(maya.getByText('1 time in 1 of 2 cases')).toBeVisible({ timeout: 15_000 })
  await expect(maya.getByText('Priority: Normal → High').first()).toBeVisible()
  await maya.keyboard.press('Control+s')
  await expect(maya.getByText('It does nothing until it is switched on').first()).toBeVisible()
  const priority = async (number: number) => (await (await maya.request.get(`${program.url}/api/v1/cases/${number}`)).json()).priority
  expect(await priority(before)).toBe('normal')
  await maya.getByRole('button', { name: 'Switch on' }).press('Enter')
  await expect(maya.getByRole('button', { name: 'Switch off' })).toBeVisible()
  const after = await open('Payout late')
  await expect.poll(() => priority(after)).toBe('high')
  expect(await priority(before)).toBe('normal')
  await maya.reload()
  await expect(maya.locator('.desk-run').filter({ hasText: `#${after}` })).toContainText('Priority: Normal → High')
})

test('rules have nothing for axe to say', async () => {
  await accessible(maya)
  await maya.goto(`${program.url}/settings/rules`)
  await expect(maya.getByRole('row').filter({ hasText: 'Payouts first' })).toContainText('When a case is opened')
  await accessible(maya)
})

import { expect, test, type Page } from '@playwright/test'
import { sendMail, signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { startProgram, type Program } from '../support/program.ts'

let program: Program
let maya: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  program = await startProgram({ UNDO_SEND_SECONDS: '1' })
  maya = await signInFirst(program, await browser.newContext(), 'Maya Lin')
  for (const subject of ['First question', 'Second question', 'Third question']) {
    await sendMail(program, { from: '"Ana Ruiz" <ana@northwind.example>', subject, text: `${subject}: how does it work?` })
  }
})
test.afterAll(async () => { await program?.discard() })

const row = (subject: string) => maya.getByRole('option').filter({ hasText: subject })
/** Chooses in the palette, as soon as it listens. */
const choose = async (key: string, words: string) => {
  await maya.keyboard.press(key)
  await expect(maya.getByRole('combobox')).toBeFocused()
  await maya.keyboard.type(words)
  await maya.keyboard.press('Enter')
}
const press = async (...keys: string[]) => { for (const key of keys) await maya.keyboard.press(key) }

test('from the inbox to solved without a mouse', async () => {
  await maya.goto(program.url)
  await expect(maya).toHaveURL(/\/lists\/unassigned$/)
  await expect(row('First question')).toBeVisible()
  await press('j', 'j', 'j', 'k')
  await expect(maya.getByRole('option', { selected: true })).toContainText('Second question')
  await press('Enter')
  await expect(maya.locator('.desk-card')).toContainText('Second question: how does it work?')

  await press('i')
  await expect(maya.locator('.desk-standing')).toContainText('Maya Lin')
  await choose('p', 'high')
  await expect(maya.locator('.desk-standing')).toContainText('High')

  await press('n')
  await expect(maya.getByRole('textbox', { name: 'Note' })).toBeFocused()
  await maya.keyboard.type('Asked before, see the handbook.')
  await press('Control+Enter')
  await expect(maya.locator('.desk-card-note')).toContainText('see the handbook')

  await press('r')
  await expect(maya.getByRole('textbox', { name: 'Reply' })).toBeFocused()
  await maya.keyboard.type('Like this.')
  await press('Control+Shift+Enter')
  await expect(maya.getByRole('status').filter({ hasText: 'Sent and solved' }).first()).toBeVisible()
  await press('g', 's')
  await expect(row('Second question')).toBeVisible()
})

test('a picker changes the status; undo brings it back', async () => {
  await press('g', 'u')
  await expect(row('First question')).toBeVisible()
  await press('j', 'Enter')
  await expect(maya.locator('.desk-case')).toBeVisible()
  const address = maya.url()
  await choose('s', 'pend')
  await expect(maya.locator('.desk-standing')).toContainText('Pending')
  await press('#')
  await expect(maya.getByText(/is in the trash/).first()).toBeVisible()
  await press('z')
  await maya.goto(address)
  await expect(maya.locator('.desk-standing')).toContainText('Pending')
  await press('u')
  await expect(maya).toHaveURL(/\/lists\/unassigned$/)
})

test('a new case, the search and its link, all by keys', async () => {
  await press('c')
  await expect(maya.getByRole('dialog', { name: 'New case' })).toBeVisible()
  await maya.getByLabel('Customer’s mail address').fill('phone@example.com')
  await maya.getByLabel('Subject').fill('Called about the invoice')
  await maya.getByLabel('What it is about').fill('Wants it by mail.')
  await press('Enter')
  await maya.getByRole('dialog').getByRole('button', { name: 'Open the case' }).press('Enter')
  await expect(maya.locator('.desk-card')).toContainText('Wants it by mail.')
  await press('/')
  await expect(maya.getByRole('combobox', { name: 'Search' })).toBeFocused()
  await maya.keyboard.type('invoi')
  await expect(maya.locator('.search-hit mark')).toContainText('invoice')
  await press('Enter')
  await expect(maya).toHaveURL(/\/cases\/\d+$/)
  await expect(maya.locator('.desk-subject')).toContainText('Called about the invoice')
})

test('the help and the palette know every command of the screen', async () => {
  await press('?')
  const help = maya.getByRole('dialog')
  for (const name of ['Reply', 'Note for colleagues', 'Assign', 'Solve', 'Hand over with a note', 'Go to Drafts', 'Next case']) await expect(help.getByText(name, { exact: true })).toBeVisible()
  await press('Escape', 'Control+k')
  await expect(maya.getByRole('combobox')).toBeFocused()
  await maya.keyboard.type('hand over')
  await expect(maya.getByRole('option', { name: /Hand over with a note/ })).toBeVisible()
  await press('Escape')
})

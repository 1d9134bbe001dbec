import { expect, test, type Page } from '@playwright/test'
import { sendMail, signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { accessible } from '../support/accessible.ts'
import { startProgram, type Program } from '../support/program.ts'

let program: Program
let page: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  program = await startProgram({ UNDO_SEND_SECONDS: '0' })
  page = await signInFirst(program, await browser.newContext({ reducedMotion: 'reduce', permissions: ['clipboard-read'] }), 'Maya Lin')
})
test.afterAll(() => program?.discard())

const total = (name: string) => page.getByRole('list', { name: 'The centre now' }).getByRole('listitem').filter({ hasText: name })

test('an empty board says so, and a mail shows on it live', async () => {
  await page.goto(`${program.url}/lists/mine`)
  await expect(page.getByRole('link', { name: 'Board' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('b')
  await expect(page.getByRole('heading', { name: 'Board' })).toBeVisible()
  await expect(page.getByText('Nothing is unsolved')).toBeVisible()
  await sendMail(program, { from: 'ana@northwind.example', subject: 'Payout of 4 Nov not received', text: 'Where is it?' })
  await expect(total('At hand')).toContainText('1')
  await expect(total('Unassigned')).toContainText('1')
  await expect(page.getByRole('link', { name: '1 in General' })).toBeVisible()
  await expect(page.getByText('1 arrived')).toBeVisible()
})

test('a number opens its cases, and a case from there', async () => {
  await total('Customer waits').getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'Cases whose customer waits for us' })).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Payout of 4 Nov' })).toBeVisible()
  await accessible(page)
  await page.getByRole('row').filter({ hasText: 'Payout of 4 Nov' }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/cases\/10001$/)
  await expect(page.locator('.desk-card').first()).toBeVisible()
  await page.keyboard.press('i')
  await page.keyboard.press('r')
  await page.getByRole('textbox', { name: 'Reply' }).fill('It left today.')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.desk-card').filter({ hasText: 'It left today' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('e')
})

test('what was done is on the board, filters are in the address, and the wall comes and goes by a key', async () => {
  await page.goto(`${program.url}/board`)
  await expect(page.getByText('1 solved')).toBeVisible()
  await sendMail(program, { from: 'lee@contoso.example', subject: 'Webhook failing', text: 'Since this morning.' })
  await expect(page.getByRole('link', { name: /Webhook failing/ })).toBeVisible()
  await accessible(page)
  await page.getByRole('combobox', { name: 'Queue' }).click()
  await page.getByRole('option', { name: 'General' }).click()
  await expect(page).toHaveURL(/queue=/)
  await expect(total('At hand')).toContainText('1')
  await page.getByRole('heading', { name: 'Board' }).click()
  await page.keyboard.press('w')
  await expect(page.locator('.insights-wall')).toBeVisible()
  await accessible(page)
  await page.keyboard.press('w')
  await expect(page.locator('.insights-wall')).toHaveCount(0)
})

test('a figure of the insights opens the cases that it counts', async () => {
  await page.goto(`${program.url}/insights?range=7d`)
  await expect(page.getByRole('button', { name: /^Arrivals/ })).toContainText('2')
  await page.getByRole('button', { name: /^First reply time/ }).click()
  await expect(page.getByRole('link', { name: '1 case' }).first()).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: '1 case' }).first().click()
  await expect(page.getByRole('row').filter({ hasText: 'Payout of 4 Nov' })).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(2)
  await accessible(page)
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'As CSV' }).click()])
  expect(file.suggestedFilename()).toBe('firstReplyTime-cases.csv')
  await page.goto(`${program.url}/insights/definitions`)
  await expect(page.getByText('Of the cases first solved in the period')).toBeVisible()
  await accessible(page)
})

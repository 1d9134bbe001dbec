import { expect, test, type Page } from '@playwright/test'
import { sendMail, signInColleague, signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { accessible } from '../support/accessible.ts'
import { startProgram, type Program } from '../support/program.ts'

/** Putting off, being told, and the end of a shift, in two people's browsers. */

let program: Program
let maya: Page
let lee: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  program = await startProgram({ UNDO_SEND_SECONDS: '0' })
  maya = await signInFirst(program, await browser.newContext(), 'Maya Lin')
  lee = await signInColleague(program, maya, await browser.newContext(), 'Lee Chen')
})
test.afterAll(() => program?.discard())

const row = (page: Page, subject: string) => page.getByRole('option').filter({ hasText: subject })
const badge = (page: Page) => page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: /Notices/ }).locator('.rail-count')
const numberIn = (page: Page) => Number(/(\d+)$/.exec(page.url())?.[1])

test('a case is put off in one\'s own words, leaves the list, and is back when its customer writes or its time comes', async () => {
  await sendMail(program, { from: '"Ana Ruiz" <ana@northwind.example>', subject: 'Payout missing', text: 'Where is it?' })
  await maya.goto(`${program.url}/lists/unassigned`)
  await row(maya, 'Payout missing').click()
  await maya.keyboard.press('i')
  await expect(maya.getByText('is yours')).toBeVisible()
  const number = numberIn(maya)
  await maya.keyboard.press('Shift+S')
  await maya.keyboard.type('in 3 days')
  await maya.keyboard.press('Enter')
  await expect(maya.getByText(/is put off until/)).toBeVisible()
  await maya.goto(`${program.url}/lists/mine`)
  await expect(maya.getByText('No case is yours')).toBeVisible()
  await sendMail(program, { from: '"Ana Ruiz" <ana@northwind.example>', subject: `Re: Payout missing`, text: 'Any news?', inReplyTo: await firstMessageId(maya, number) })
  await expect(row(maya, 'Payout missing')).toBeVisible()

  const soon = new Date(Date.now() + 1_500).toISOString()
  expect((await maya.request.put(`${program.url}/api/v1/cases/${number}/snooze`, { headers: { 'x-requested-with': 'meridian' }, data: { until: soon } })).ok()).toBe(true)
  await expect(maya.getByText('No case is yours')).toBeVisible()
  await expect(row(maya, 'Payout missing')).toBeVisible()
  await maya.goto(`${program.url}/notices`)
  await expect(row(maya, 'The case is back')).toBeVisible()
})

const firstMessageId = async (page: Page, number: number): Promise<string> => {
  const answer: { items: { messageId: string | null }[] } = await (await page.request.get(`${program.url}/api/v1/cases/${number}/messages`)).json()
  return answer.items[0]?.messageId ?? ''
}

test('a mention is told to a colleague live, opens the case, and is read then', async () => {
  await lee.goto(`${program.url}/lists/unassigned`)
  await expect(badge(lee)).toHaveCount(0)
  await maya.goto(`${program.url}/lists/mine`)
  await row(maya, 'Payout missing').click()
  await maya.keyboard.press('n')
  await maya.keyboard.type('Please look, @Lee')
  await maya.getByRole('option', { name: /Lee Chen/ }).click()
  await maya.keyboard.press('Control+Enter')
  await expect(badge(lee)).toHaveText('1')
  await lee.keyboard.press('g')
  await lee.keyboard.press('h')
  await expect(row(lee, 'Maya Lin mentioned you')).toContainText('Please look')
  await accessible(lee)
  await lee.keyboard.press('j')
  await lee.keyboard.press('Enter')
  await expect(lee).toHaveURL(/\/cases\/\d+$/)
  await expect(badge(lee)).toHaveCount(0)
  await lee.keyboard.press('g')
  await lee.keyboard.press('h')
  await lee.keyboard.press('j')
  await lee.keyboard.press('e')
  await expect(lee.getByText('Nothing to tell')).toBeVisible()
  await lee.keyboard.press('z')
  await expect(row(lee, 'Maya Lin mentioned you')).toBeVisible()
})

test('whoever chooses to hear of nothing hears of nothing', async () => {
  await lee.goto(`${program.url}/settings/notifications`)
  await lee.getByRole('combobox', { name: 'Somebody mentions you' }).click()
  await lee.getByRole('option', { name: 'Not at all' }).click()
  await accessible(lee)
  await lee.reload()
  await expect(lee.getByRole('combobox', { name: 'Somebody mentions you' })).toHaveText('Not at all')
})

test('the end of a shift gives a case on with a note, in one step that can be taken back', async () => {
  await maya.goto(`${program.url}/handover`)
  const about = maya.getByRole('listitem').filter({ hasText: 'Payout missing' })
  await about.getByRole('combobox', { name: /What becomes of/ }).click()
  await maya.getByRole('option', { name: 'Give to …' }).click()
  await about.getByRole('combobox', { name: /Colleague for/ }).click()
  await maya.getByRole('option', { name: /Lee Chen/ }).click()
  await expect(about.getByRole('textbox', { name: /Note on/ })).toHaveValue(/It is our turn since/)
  await accessible(maya)
  await maya.getByRole('button', { name: 'End my shift' }).click()
  await expect(maya).toHaveURL(/\/handovers\/[0-9a-f-]+$/)
  await expect(maya.getByText('Given to Lee Chen')).toBeVisible()
  await accessible(maya)
  await expect(badge(lee)).toHaveText('1')
  await lee.goto(`${program.url}/notices`)
  await row(lee, 'Maya Lin handed the case over to you').click()
  await expect(lee.getByRole('heading', { name: 'Yours now' })).toBeVisible()
  await maya.getByRole('button', { name: 'Take back' }).click()
  await expect(maya.getByText('every case is as it was before')).toBeVisible()
  await maya.goto(`${program.url}/lists/mine`)
  await expect(row(maya, 'Payout missing')).toBeVisible()
})

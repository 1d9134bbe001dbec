import { expect, test, type Page } from '@playwright/test'
import { sendMail, signInColleague, signInFirst } from '../../src/desk/ui/testing/browser.ts'
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

const call = async (method: string, path: string, body: unknown): Promise<{ id: string }> => {
  const response = await maya.request.fetch(`${program.url}/api/v1${path}`, { method, data: body, headers: { 'x-requested-with': 'meridian', origin: program.url, 'idempotency-key': crypto.randomUUID() } })
  if (!response.ok()) throw new Error(`${method} ${path}: ${await response.text()}`)
  return response.json()
}
const open = (subject: string, queue: string) => call('POST', '/cases', { subject, body: 'Please help.', customer: { email: 'ana@northwind.example' }, priority: 'urgent', queue })
const inRail = (page: Page, name: string) => page.getByRole('region', { name: 'Pinned views' }).getByRole('link').filter({ hasText: name })

test('a view is made from a filter by keyboard, and its count goes up when a case comes in', async () => {
  await maya.goto(`${program.url}/lists/all`)
  await expect(maya.getByText('Nothing is at hand')).toBeVisible()
  await maya.keyboard.press('Shift+F')
  await maya.keyboard.type('priority:urgent ')
  await maya.keyboard.press('Enter')
  await expect(maya.getByText('0 cases')).toBeVisible()
  await maya.keyboard.press('Shift+S')
  await expect(maya.getByRole('dialog', { name: 'Save as a view' })).toContainText('is:unsolved priority:urgent')
  await maya.keyboard.type('Urgent now')
  await maya.keyboard.press('Enter')
  await expect(maya).toHaveURL(/\/views\/[0-9a-f-]{36}$/)
  await expect(inRail(maya, 'Urgent now')).toContainText('0')
  await open('Payouts have stopped', 'general')
  await expect(inRail(maya, 'Urgent now')).toContainText('1')
  await expect(maya.getByRole('option').filter({ hasText: 'Payouts have stopped' })).toBeVisible()
  // A mail is not urgent until somebody says so: the view does not take it.
  await sendMail(program, { from: 'lee@contoso.example', subject: 'No hurry', text: 'When you can.' })
  await expect(maya.getByRole('option').filter({ hasText: 'No hurry' })).toHaveCount(0)
})

test('it is shared with a team, whose members see it; what lies behind a wall they neither see nor count', async ({ browser }) => {
  const [team, others] = [await call('POST', '/teams', { name: 'Payments' }), await call('POST', '/teams', { name: 'Risk' })]
  await call('POST', '/queues', { key: 'risk', name: 'Risk', walled: true, teams: [others.id] })
  await open('Account under review', 'risk')
  await expect(inRail(maya, 'Urgent now')).toContainText('2')
  const lee = await signInColleague(program, maya, await browser.newContext(), 'Lee Chen')
  const agents: { items: { id: string; name: string }[] } = await (await maya.request.get(`${program.url}/api/v1/agents?limit=50`)).json()
  await call('PATCH', `/agents/${agents.items.find(({ name }) => name === 'Lee Chen')?.id ?? ''}`, { teamId: team.id })

  // The teams are read when the editor opens; without any, a team cannot be chosen.
  const teamsRead = maya.waitForResponse(/\/api\/v1\/teams/)
  await maya.keyboard.press('Shift+X')
  await teamsRead
  await maya.getByRole('combobox', { name: 'Shared with' }).focus()
  await maya.keyboard.press('Enter')
  await expect(maya.getByRole('listbox')).toBeVisible()
  await maya.keyboard.press('ArrowDown')
  await maya.keyboard.press('Enter')
  await expect(maya.getByRole('combobox', { name: 'Team' })).toContainText('Payments')
  await maya.keyboard.press('Control+s')
  await expect(maya.getByText('“Urgent now” is saved')).toBeVisible()

  await lee.goto(`${program.url}/views`)
  await expect(lee.getByRole('row').filter({ hasText: 'Urgent now' })).toContainText('Payments')
  await lee.getByRole('button', { name: 'Keep “Urgent now” in sight' }).click()
  await expect(inRail(lee, 'Urgent now')).toContainText('1')
  await inRail(lee, 'Urgent now').click()
  await expect(lee.getByRole('option').filter({ hasText: 'Payouts have stopped' })).toBeVisible()
  await expect(lee.getByRole('option').filter({ hasText: 'Account under review' })).toHaveCount(0)
  await lee.keyboard.press('Shift+X')
  await expect(lee).toHaveURL(/\/views\/[0-9a-f-]{36}$/)
})

test('views have nothing for axe to say', async () => {
  await maya.goto(`${program.url}/views`)
  await expect(maya.getByRole('row').filter({ hasText: 'Urgent now' })).toBeVisible()
  await accessible(maya)
  await maya.goto(`${program.url}/views/new?query=priority:urgent`)
  await expect(maya.getByText('Payouts have stopped')).toBeVisible()
  await accessible(maya)
  await maya.goto(`${program.url}/lists/all?filter=priority:urgent`)
  await expect(maya.getByRole('option').filter({ hasText: 'Payouts have stopped' })).toBeVisible()
  await maya.keyboard.press('Shift+V')
  await expect(maya.getByRole('button', { name: 'Last message' })).toBeVisible()
  await accessible(maya)
  await maya.keyboard.press('g')
  await maya.keyboard.press('l')
  await expect(maya.getByRole('combobox', { name: 'Find a list or a view' })).toBeFocused()
  await accessible(maya)
})

import { expect, test, type Page } from '@playwright/test'
import { sendMail, signInFirst } from '../../src/desk/ui/testing/browser.ts'
import { accessible } from '../support/accessible.ts'
import { startProgram, type Program } from '../support/program.ts'

let program: Program
let maya: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000)
  program = await startProgram({ UNDO_SEND_SECONDS: '5' })
  maya = await signInFirst(program, await browser.newContext(), 'Maya Lin')
  for (let index = 1; index <= 6; index++) await post('/api/v1/cases', { subject: `Question ${index}`, body: 'How does it work?', customer: { email: `ana${index}@northwind.example`, name: 'Ana Ruiz' } })
  await post('/api/v1/macros', { kind: 'macro', name: 'ask-bank', title: 'Ask for the bank’s answer', scope: 'everybody', actions: [{ do: 'reply', body: 'Hello {{customer.firstName}}, what did your bank say to {{account.name}}?' }, { do: 'tag', add: ['waits-for-bank'] }, { do: 'status', to: 'pending' }] })
})
test.afterAll(async () => { await program?.discard() })

async function call(method: string, path: string, data: unknown, headers: Record<string, string> = {}) {
  const answer = await maya.request.fetch(program.url + path, { method, data, headers: { 'x-requested-with': 'meridian', origin: program.url, ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}), ...headers } })
  if (!answer.ok()) throw new Error(`${method} ${path} answered ${answer.status()}: ${await answer.text()}`)
  return await answer.json()
}
const post = (path: string, data: unknown) => call('POST', path, data)
const press = async (...keys: string[]) => { for (const key of keys) await maya.keyboard.press(key) }
const row = (subject: string) => maya.getByRole('option').filter({ hasText: subject })
const caseOf = async (subject: string) => {
  const { items } = await call('GET', `/api/v1/cases?sort=newest&limit=50`, undefined)
  return items.find((one: { subject: string }) => one.subject === subject)
}

test('chosen by key, seen before, changed but for the one that somebody changed meanwhile, and taken back', async () => {
  await maya.goto(`${program.url}/lists/all`)
  await expect(row('Question 6')).toBeVisible()
  await press('j', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowDown')
  await expect(maya.getByRole('region', { name: 'Chosen cases' })).toContainText('4 chosen')
  await press('p')
  const dialog = maya.getByRole('dialog', { name: 'Change 4 cases' })
  await expect(dialog.getByRole('heading', { name: '4 will change' })).toBeVisible()
  await accessible(maya)

  // Somebody else is faster with one of them.
  const taken = await caseOf('Question 5')
  await call('PATCH', `/api/v1/cases/${taken.number}`, { priority: 'low' })
  await dialog.getByRole('button', { name: 'Change 4 cases' }).click()
  await expect(maya.getByText('3 cases changed, 1 left alone')).toBeVisible()
  expect(await caseOf('Question 5')).toMatchObject({ priority: 'low' })
  expect(await caseOf('Question 6')).toMatchObject({ priority: 'high' })

  await maya.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(maya).toHaveURL(/\/bulk\/[0-9a-f-]{36}$/)
  await expect(maya.getByRole('row').filter({ hasText: 'Question 5' })).toContainText('Changed by somebody since you chose them')
  await accessible(maya)

  // Before it is taken back, somebody changes another one.
  const again = await caseOf('Question 4')
  await call('PATCH', `/api/v1/cases/${again.number}`, { priority: 'urgent' })
  await press('Control+z')
  await expect(maya.getByRole('heading', { level: 1 })).toContainText('Taking back')
  await expect(maya.getByRole('row').filter({ hasText: 'Question 4' })).toContainText('Priority stays: somebody changed it since')
  await expect(maya.getByRole('row').filter({ hasText: 'Question 6' })).toContainText('Taken back')
  expect(await caseOf('Question 6')).toMatchObject({ priority: 'normal' })
  expect(await caseOf('Question 4')).toMatchObject({ priority: 'urgent' })
})

test('all that match, called by the list’s own question', async () => {
  await maya.goto(`${program.url}/lists/all`)
  await expect(row('Question 1')).toBeVisible()
  await press('Control+Shift+a', 'l')
  await expect(maya.getByRole('textbox', { name: 'Put on' }).or(maya.getByRole('combobox', { name: 'Put on' }))).toBeVisible()
  await maya.getByLabel('Put on').fill('campaign,')
  await maya.getByRole('button', { name: 'Change 6 cases' }).click()
  await expect(maya.getByText('6 cases changed')).toBeVisible()
  expect((await caseOf('Question 2')).tags).toEqual(['campaign'])
})

test('a macro by its key: its text is filled in, what is missing stops it, and what it does goes along', async () => {
  const found = await caseOf('Question 1')
  await maya.goto(`${program.url}/cases/${found.number}`)
  await expect(maya.locator('.desk-card')).toContainText('How does it work?')
  await press('m')
  await expect(maya.getByRole('combobox')).toBeFocused()
  await maya.keyboard.type('bank')
  await expect(maya.getByRole('option', { name: /Ask for the bank/ })).toBeVisible()
  await press('Enter')
  const reply = maya.getByRole('textbox', { name: 'Reply' })
  await expect(reply).toHaveValue('Hello Ana, what did your bank say to {{account.name}}?')
  await expect(maya.getByRole('group', { name: 'With this reply' })).toContainText('Tag with waits-for-bank')
  await press('Control+Enter')
  await expect(maya.getByText('It is not sent like this.')).toBeVisible()
  await maya.keyboard.type('you')
  await expect(reply).toHaveValue('Hello Ana, what did your bank say to you?')
  await accessible(maya)
  await press('Control+Enter')
  await expect(maya.locator('.desk-standing')).toContainText('Pending')
  expect((await caseOf('Question 1')).tags).toEqual(['campaign', 'waits-for-bank'])
})

test('a slash offers snippets, and undo takes the text out again', async () => {
  await sendMail(program, { from: '"Lee Chen" <lee@x.example>', subject: 'Slash', text: 'Hello' })
  await expect.poll(async () => (await caseOf('Slash'))?.number ?? null).not.toBeNull()
  await maya.goto(`${program.url}/cases/${(await caseOf('Slash')).number}`)
  await expect(maya.locator('.desk-card')).toContainText('Hello')
  await press('r')
  const reply = maya.getByRole('textbox', { name: 'Reply' })
  await expect(reply).toBeFocused()
  await maya.keyboard.type('/ask')
  await expect(maya.getByRole('listbox', { name: 'Snippets and macros' })).toContainText('Ask for the bank’s answer')
  await press('Enter')
  await expect(reply).toHaveValue(/^Hello Lee, what/)
  await press('Control+z')
  await expect(reply).toHaveValue('/ask')
})

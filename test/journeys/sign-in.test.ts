import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { accessible } from '../support/accessible.ts'
import { startProgram, type Program } from '../support/program.ts'

const PASSWORD = 'seven green horses at noon'
const NEXT_PASSWORD = 'nine blue foxes at midnight'
const STEP_MS = 30_000

let program: Program
let ana: Page

test.describe.configure({ mode: 'serial' })
test.use({ actionTimeout: 10_000 })
test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000)
  program = await startProgram()
  ana = await (await calm(browser)).newPage()
})
test.afterAll(async () => { await program?.discard() })

/** Without motion, so that nothing is looked at while it appears. */
const calm = (browser: Browser): Promise<BrowserContext> => browser.newContext({ baseURL: program.url, reducedMotion: 'reduce' })

async function fillIn(page: Page, email: string, password: string) {
  await page.getByLabel('Mail address').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const workspace = (page: Page) => page.getByRole('navigation', { name: 'Places' })

async function signOut(page: Page) {
  await page.getByRole('button', { name: /your menu/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/sign-in/)
}

test('while nobody can sign in, the page says where the link is', async () => {
  await ana.goto('/')
  await expect(ana.getByRole('heading', { name: 'Welcome to Meridian' })).toBeVisible()
  await expect(ana.getByLabel('What the program prints')).toContainText('/sign-in/link#token=')
  await accessible(ana)
})

test('the printed link makes the first administrator, once', async () => {
  const link = await program.signInLink()
  await ana.goto(link)
  await expect(ana.getByRole('heading', { name: 'Set Meridian up' })).toBeVisible()
  await accessible(ana)
  await ana.getByLabel('Your name').fill('Ana Ruiz')
  await ana.getByLabel('Mail address').fill('ana@desk.example')
  await ana.getByLabel('Password').fill('anaana')
  await ana.getByRole('button', { name: 'Begin' }).click()
  await expect(ana.getByRole('alert')).toContainText('Choose a longer or less common password')
  await ana.getByLabel('Password').fill(PASSWORD)
  await ana.getByRole('button', { name: 'Begin' }).click()
  await expect(workspace(ana)).toBeVisible()
  await expect(ana.getByRole('button', { name: 'Ana Ruiz: your menu' })).toBeVisible()

  await ana.goto(`${link}x`)
  await ana.goto(link)
  await expect(ana.getByRole('heading', { name: 'This link does not open anything' })).toBeVisible()
  await ana.goto('/sign-in/link')
  await expect(ana.getByText('The address was cut')).toBeVisible()
  await accessible(ana)
})

test('sign out, a wrong password, and back to where one wanted to go', async () => {
  await ana.goto('/')
  await signOut(ana)
  await expect(ana.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await accessible(ana)
  await ana.goto('/settings/people?role=admin')
  await expect(ana).toHaveURL(/\/sign-in\?to=/)
  await fillIn(ana, 'ana@desk.example', 'seven green horses at night')
  const wrong = await ana.getByRole('alert').textContent()
  await fillIn(ana, 'nobody@desk.example', PASSWORD)
  await expect(ana.getByRole('alert')).toHaveText(wrong ?? '')
  expect(wrong).toContain('The address or the password is not right')
  await fillIn(ana, 'ana@desk.example', PASSWORD)
  await expect(ana).toHaveURL(/\/settings\/people\?role=admin$/)
  await expect(ana.getByRole('heading', { name: 'People' })).toBeVisible()
})

test('a forgotten password is told to the administrators, and tells nobody whether the address is known', async () => {
  const context = await calm(ana.context().browser() ?? failed())
  const stranger = await context.newPage()
  await stranger.goto('/sign-in')
  await stranger.getByRole('link', { name: 'Forgot your password?' }).click()
  await stranger.getByLabel('Mail address').fill('nobody@desk.example')
  await accessible(stranger)
  await stranger.getByRole('button', { name: 'Ask for a link' }).click()
  await expect(stranger.getByText('If nobody@desk.example belongs to an agent here')).toBeVisible()
  await context.close()
})

function failed(): never {
  throw new Error('the page has no browser')
}

let secret = ''
let recovery = ''
const code = (steps = 0) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * STEP_MS })

test('a second factor is set up by a code, with recovery codes', async () => {
  await ana.goto('/me')
  await expect(ana).toHaveURL(/\/settings\/account$/)
  await ana.getByRole('button', { name: 'Set up ...' }).click()
  await ana.getByLabel('Your password').fill(PASSWORD)
  await ana.getByRole('button', { name: 'Continue' }).click()
  await expect(ana.getByRole('img', { name: /code to scan/ })).toBeVisible()
  secret = (await ana.getByRole('button', { name: /[A-Z2-7]{4} [A-Z2-7]{4}/ }).getAttribute('title') ?? '').split(': ')[1] ?? ''
  await accessible(ana)
  await ana.getByLabel('The six digits that it shows').fill('000000')
  await ana.getByRole('button', { name: 'Confirm' }).click()
  await expect(ana.getByRole('alert')).toContainText('The code is not right')
  await ana.getByLabel('The six digits that it shows').fill(code())
  await ana.getByRole('button', { name: 'Confirm' }).click()
  const codes = ana.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  recovery = await codes.first().textContent() ?? ''
  await ana.getByRole('button', { name: 'I have kept them' }).click()
  await expect(ana.getByText('10 recovery codes left')).toBeVisible()
  await accessible(ana)
})

test('from then on the password alone does not let in: a code does, and each works once', async () => {
  await signOut(ana)
  await fillIn(ana, 'ana@desk.example', PASSWORD)
  await expect(ana.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
  await accessible(ana)
  await ana.getByLabel('Code').fill('123')
  await ana.getByRole('button', { name: 'Continue' }).click()
  await expect(ana.getByRole('alert')).toContainText('The code is not right')
  // The code of the present step was used up when the factor was set up; the next one is within what clocks may differ.
  await ana.getByLabel('Code').fill(code(1))
  await expect(workspace(ana)).toBeVisible()

  await signOut(ana)
  await fillIn(ana, 'ana@desk.example', PASSWORD)
  await ana.getByRole('button', { name: 'Use a recovery code' }).click()
  await ana.getByLabel('Recovery code').fill(recovery)
  await ana.getByRole('button', { name: 'Continue' }).click()
  await expect(workspace(ana)).toBeVisible()
  await ana.goto('/settings/account')
  await expect(ana.getByText('9 recovery codes left')).toBeVisible()
})

test('the second factor is removed again with the password', async () => {
  await ana.getByRole('button', { name: 'Remove ...' }).click()
  await ana.getByLabel('Your password').fill('not this one at all')
  await ana.getByRole('button', { name: 'Remove it' }).click()
  await expect(ana.getByRole('alert')).toContainText('The present password is not right')
  await ana.getByLabel('Your password').fill(PASSWORD)
  await ana.getByRole('button', { name: 'Remove it' }).click()
  await expect(ana.getByText('Not set up')).toBeVisible()
})

test('a session that is revoked elsewhere ends there', async ({ browser }) => {
  const context = await calm(browser)
  const other = await context.newPage()
  await other.goto('/sign-in')
  await fillIn(other, 'ana@desk.example', PASSWORD)
  await expect(workspace(other)).toBeVisible()
  await other.goto('/outbox')
  await expect(other.getByRole('heading', { name: 'Outbox' })).toBeVisible()

  await ana.goto('/settings/account')
  const sessions = ana.getByRole('region', { name: /Where you are signed in/ }).getByRole('listitem')
  await expect(sessions).toHaveCount(2)
  await expect(sessions.filter({ hasText: 'This browser' })).toHaveCount(1)
  await sessions.filter({ hasNotText: 'This browser' }).getByRole('button', { name: /out$/ }).click()
  await expect(sessions).toHaveCount(1)

  await other.getByRole('link', { name: 'Quarantine' }).click()
  await expect(other).toHaveURL(/\/sign-in\?to=%2Fquarantine$/)
  await context.close()
})

test('name, time zone and password are changed by oneself', async () => {
  await ana.getByLabel('Name').fill('Ana Ruiz Torres')
  await ana.getByLabel('Time zone').click()
  await ana.getByLabel('Time zone').fill('mexico city')
  await ana.keyboard.press('Enter')
  await ana.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(ana.getByRole('button', { name: 'Ana Ruiz Torres: your menu' })).toBeVisible()
  await ana.getByLabel('Present password').fill(PASSWORD)
  await ana.getByLabel('New password').fill('ana@desk.example1')
  await expect(ana.getByText('Your name or address with a little added is easy to guess')).toBeVisible()
  await ana.getByLabel('New password').fill(NEXT_PASSWORD)
  await ana.getByRole('button', { name: 'Change the password' }).click()
  await expect(ana.getByText('Your password is changed')).toBeVisible()
  await signOut(ana)
  await fillIn(ana, 'ana@desk.example', NEXT_PASSWORD)
  await expect(workspace(ana)).toBeVisible()
})

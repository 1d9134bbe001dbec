import { AxeBuilder } from '@axe-core/playwright'
import { expect, test, type Page } from '@playwright/test'
import { startProgram, type Program } from '../support/program.ts'

/** The design page: every part in both themes, without data. */
let program: Program
test.beforeAll(async () => { program = await startProgram() })
test.afterAll(() => program.discard())

const violations = async (page: Page) => (await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze())
  .violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join(' | ')}`)

for (const theme of ['light', 'dark'] as const) {
  for (const width of [1440, 400]) {
    test(`has no violation that axe finds (${theme}, ${width} px)`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`${program.url}/design`)
      await expect(page.getByRole('heading', { name: 'Design', exact: true })).toBeVisible()
      expect(await violations(page)).toEqual([])
    })
  }
}

test('a violation would be found', async ({ page }) => {
  await page.goto(`${program.url}/design`)
  await page.getByRole('heading', { name: 'Design', exact: true }).evaluate((heading) => { heading.style.color = '#ddd' })
  expect((await violations(page)).join()).toContain('color-contrast')
})

test('needs no wider window than 400 px, nor does text at twice its size', async ({ page }) => {
  await page.setViewportSize({ width: 400, height: 800 })
  await page.goto(`${program.url}/design`)
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await over()).toBe(0)
  await page.setViewportSize({ width: 720, height: 450 })
  await page.evaluate(() => { document.documentElement.style.fontSize = '200%' })
  expect(await over()).toBe(0)
})

test('holds both themes side by side, and the page follows the reader\'s choice, remembered', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(`${program.url}/design`)
  const ground = (selector: string) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await ground('.design-pane[data-theme="light"]')).not.toBe(await ground('.design-pane[data-theme="dark"]'))
  const light = await ground('.design')
  await page.keyboard.press('t')
  await expect.poll(() => ground('.design')).not.toBe(light)
  await page.reload()
  expect(await page.locator('html').getAttribute('data-theme')).toBe('dark')
})

test('a list of ten thousand draws only what is in sight; what is new waits until it is asked for', async ({ page }) => {
  await page.goto(`${program.url}/design`)
  const list = page.getByRole('listbox', { name: 'Ten thousand cases' }).first()
  const rows = list.getByRole('option')
  expect(await rows.count()).toBeLessThan(60)
  await list.focus()
  await page.keyboard.press('End')
  await expect(list.getByRole('option', { selected: true })).toContainText('#10001')
  await page.keyboard.press('Home')
  await expect(list.getByRole('option', { selected: true })).toContainText('#20000')
  await page.getByRole('button', { name: 'One comes in' }).first().click()
  await expect(rows.first()).toContainText('#20000')
  await page.getByRole('button', { name: '1 new' }).first().click()
  await expect(rows.first()).toContainText('#20001')
})

test('what floats opens by keyboard, and gives the focus back', async ({ page }) => {
  await page.goto(`${program.url}/design`)
  const opener = page.getByRole('button', { name: 'Dialog' }).first()
  await opener.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Discard 3 dead letters?' })).toBeVisible()
  expect(await violations(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(opener).toBeFocused()
  await page.getByRole('button', { name: 'Menu' }).first().press('Enter')
  await expect(page.getByRole('menuitem', { name: /Assign to/ })).toBeFocused()
})

test('every place answers to its own keys: the help, made from the commands, shows none twice', async ({ page, context }) => {
  const said: string[] = []
  page.on('console', (message) => { if (message.type() === 'error' && message.text().startsWith('commands:')) said.push(message.text()) })
  const token = new URL(await program.signInLink()).hash.replace('#token=', '')
  await context.request.post(`${program.url}/api/v1/sign-ins/links`, {
    headers: { 'x-requested-with': 'meridian' }, data: { token, name: 'Ada', email: 'ada@meridian.example', password: 'a long word for this test' },
  })
  await page.goto(`${program.url}/log`)
  await expect(page.getByRole('heading', { name: 'Log' })).toBeVisible()
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await expect(help.getByText('Go to Log')).toBeVisible()
  const bindings = await help.locator('.help-line dd > *').evaluateAll((all) => all.map((caps) => [...caps.querySelectorAll('.kbd-press')].map((press) => press.textContent).join(' ')))
  expect(bindings.length).toBeGreaterThan(10)
  expect(bindings.filter((binding, index) => bindings.indexOf(binding) !== index)).toEqual([])
  await page.keyboard.press('Escape')
  for (const link of await page.getByRole('navigation', { name: 'Places' }).getByRole('link').all()) await link.click()
  expect(said).toEqual([])
})

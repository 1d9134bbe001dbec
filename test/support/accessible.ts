import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** No axe violations as the page stands, in light; in dark only its colours can differ, so only these are looked at again. */
export async function accessible(page: Page): Promise<void> {
  // The word about what the pointer or the focus happens to stand on belongs to no part of the page.
  await page.mouse.move(0, 0)
  await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() })
  await expect(page.locator('.tooltip')).toHaveCount(0)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    const axe = new AxeBuilder({ page })
    const { violations } = await (colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), colorScheme).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

import { readFileSync } from 'node:fs'
import { expect, test, type Page } from '@playwright/test'
import { cleanHtml } from '#language'
import { documentHeaders, documentOf } from '../../src/desk/messages/document.ts'
import { placeOf, publicData } from '../public-data/found.ts'

/** Attacks on mail programs, cleaned and shown as a case shows a mail, in a real browser: none runs a script, and none asks anybody for anything. */

interface Attack {
  payload: string
}

const attacks: Attack[] = publicData === null ? [] : JSON.parse(readFileSync(placeOf('hostile/dompurify/xss-cases.json'), 'utf8'))
const ORIGIN = 'http://desk.test'

interface Shown {
  body: string
  headers: Record<string, string>
}

/** Serves documents in frames like the timeline's, notes whatever runs in which of them, and answers nobody else. */
async function openStage(page: Page) {
  const ran: string[] = []
  const asked: string[] = []
  let documents: readonly Shown[] = []
  await page.exposeFunction('ranHere', (what: string) => void ran.push(what))
  await page.addInitScript(() => {
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'xssed']) Reflect.set(window, name, () => { void Reflect.get(window, 'ranHere')(`${name} ${location.search}`) })
  })
  page.on('dialog', (dialog) => {
    ran.push(dialog.type())
    void dialog.dismiss()
  })
  await page.route('**', async (route) => {
    const address = new URL(route.request().url())
    const shown = documents[Number(address.searchParams.get('n'))]
    if (address.origin === ORIGIN && address.pathname === '/mail' && shown) return route.fulfill({ contentType: 'text/html; charset=utf-8', ...shown })
    if (address.href === `${ORIGIN}/`) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>desk</title>' })
    asked.push(address.href)
    return route.abort()
  })
  const show = async (shown: readonly Shown[], sandbox: string | null) => {
    documents = shown
    await page.goto(`${ORIGIN}/`)
    await page.evaluate(({ count, rights }) => Promise.all(Array.from({ length: count }, (_, index) => new Promise<void>((resolve) => {
      const frame = document.createElement('iframe')
      if (rights !== null) frame.setAttribute('sandbox', rights)
      frame.addEventListener('load', () => {
        // Handlers that wait for somebody to come near.
        for (const element of frame.contentDocument?.querySelectorAll('*') ?? []) for (const kind of ['mouseover', 'focus', 'click', 'error', 'toggle', 'animationend']) element.dispatchEvent(new Event(kind))
        setTimeout(resolve, 100)
      })
      frame.src = `/mail?n=${index}`
      document.body.append(frame)
    }))), { count: shown.length, rights: sandbox })
    return { ran: ran.splice(0), asked: asked.splice(0) }
  }
  return { show }
}

const bare = (body: string): Shown => ({ body: `<!doctype html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`, headers: {} })
const asInACase = (body: string): Shown => ({ body, headers: documentHeaders('blocked') })
const nothing = { ran: [], asked: [] }
const FRAME = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox'

test('planted attacks are seen when nothing holds them', async ({ page }) => {
  const { show } = await openStage(page)
  const planted = ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<p onmouseover=alert(1)>x', '<img src="http://tracker.test/p.gif">']
  const { ran, asked } = await show(planted.map(bare), null)
  expect(new Set(ran)).toEqual(new Set(['alert ?n=0', 'alert ?n=1', 'alert ?n=2', 'alert ?n=3']))
  expect(asked).toContain('http://tracker.test/p.gif')
})

test('the frame alone holds a planted attack that was not cleaned', async ({ page }) => {
  const { show } = await openStage(page)
  const planted = documentOf('', 'blocked', []).replace('</body>', '<script>alert(1)</script><img src=x onerror=alert(1)><img src="http://tracker.test/p.gif"></body>')
  expect(planted).toContain('onerror')
  expect(await show([asInACase(planted)], FRAME)).toEqual(nothing)
})

test('every attack of the corpus, shown as a case shows it, runs nothing and asks nobody', async ({ page }) => {
  test.skip(publicData === null, 'public data absent')
  const { show } = await openStage(page)
  expect(await show(attacks.map(({ payload }) => asInACase(documentOf(cleanHtml(payload, { images: 'blocked' }), 'blocked', []))), FRAME)).toEqual(nothing)
})

test('the cleaner alone holds every attack: without a sandbox and without a policy nothing runs either', async ({ page }) => {
  test.skip(publicData === null, 'public data absent')
  const { show } = await openStage(page)
  expect(await show(attacks.map(({ payload }) => bare(cleanHtml(payload, { images: 'blocked' }))), null)).toEqual(nothing)
})

test('the corpus is one of attacks: many do run in this browser when nothing holds them', async ({ page }) => {
  test.skip(publicData === null, 'public data absent')
  const { show } = await openStage(page)
  const { ran } = await show(attacks.map(({ payload }) => bare(payload)), null)
  expect(new Set(ran.filter((one) => one.includes('?n='))).size).toBeGreaterThan(10)
})

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

/** Serves one document at a time in the frame of the timeline, notes whatever runs, and answers nobody else. */
async function openStage(page: Page) {
  const ran: string[] = []
  const asked: string[] = []
  let shown = { body: '', headers: {} as Record<string, string> }
  await page.exposeFunction('ranHere', (what: string) => void ran.push(what))
  await page.addInitScript(() => {
    const note = (what: string) => () => { void Reflect.get(window, 'ranHere')(what) }
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'xssed']) Reflect.set(window, name, note(name))
    // The corpus marks a success in ways of its own; the title is one.
    addEventListener('securitypolicyviolation', (event) => { if (event.effectiveDirective.startsWith('script')) void Reflect.get(window, 'ranHere')(`refused by policy only: ${event.effectiveDirective}`) })
  })
  page.on('dialog', (dialog) => {
    ran.push(dialog.type())
    void dialog.dismiss()
  })
  await page.route('**', async (route) => {
    const address = route.request().url()
    if (address === `${ORIGIN}/mail`) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: shown.body, headers: shown.headers })
    if (address === `${ORIGIN}/`) return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>desk</title>' })
    asked.push(address)
    return route.abort()
  })
  const show = async (body: string, headers: Record<string, string>, sandbox: string | null) => {
    shown = { body, headers }
    await page.goto(`${ORIGIN}/`)
    await page.evaluate(({ sandbox: rights }) => new Promise<void>((resolve) => {
      const frame = document.createElement('iframe')
      if (rights !== null) frame.setAttribute('sandbox', rights)
      frame.addEventListener('load', () => setTimeout(resolve, 30))
      frame.src = '/mail'
      document.body.append(frame)
    }), { sandbox })
    // Handlers that wait for somebody to come near.
    for (const frame of page.frames()) await frame.locator('a, img, p, div').first().dispatchEvent('mouseover', {}, { timeout: 50 }).catch(() => {})
    return { ran: ran.splice(0), asked: asked.splice(0) }
  }
  return { show }
}

const bare = (body: string) => `<!doctype html><html><head><meta charset="utf-8"></head><body>${body}</body></html>`
const FRAME = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox'

test('planted attacks are seen when nothing holds them', async ({ page }) => {
  const { show } = await openStage(page)
  for (const planted of ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>']) {
    expect((await show(bare(planted), {}, null)).ran, planted).toContain('alert')
  }
  expect((await show(bare('<img src="http://tracker.test/p.gif">'), {}, null)).asked).toEqual(['http://tracker.test/p.gif'])
})

test('the frame alone holds a planted attack that was not cleaned', async ({ page }) => {
  const { show } = await openStage(page)
  const planted = documentOf('', 'blocked', []).replace('</body>', '<script>alert(1)</script><img src=x onerror=alert(1)><img src="http://tracker.test/p.gif"></body>')
  expect(planted).toContain('onerror')
  expect(await show(planted, documentHeaders('blocked'), FRAME)).toEqual({ ran: [], asked: [] })
})

test('every attack of the corpus, shown as a case shows it, runs nothing and asks nobody', async ({ page }) => {
  test.skip(publicData === null, 'public data absent')
  test.setTimeout(240_000)
  const { show } = await openStage(page)
  for (const [index, { payload }] of attacks.entries()) {
    const stored = cleanHtml(payload, { images: 'blocked' })
    expect(await show(documentOf(stored, 'blocked', []), documentHeaders('blocked'), FRAME), `attack ${index}`).toEqual({ ran: [], asked: [] })
  }
})

test('the cleaner alone holds every attack: without a sandbox and without a policy nothing runs either', async ({ page }) => {
  test.skip(publicData === null, 'public data absent')
  test.setTimeout(240_000)
  const { show } = await openStage(page)
  let dangerous = 0
  for (const [index, { payload }] of attacks.entries()) {
    if ((await show(bare(payload), {}, null)).ran.length > 0) dangerous++
    expect(await show(bare(cleanHtml(payload, { images: 'blocked' })), {}, null), `attack ${index}`).toEqual({ ran: [], asked: [] })
  }
  // The corpus is one of attacks: some of them do run in this browser when nothing holds them.
  expect(dangerous).toBeGreaterThan(10)
})

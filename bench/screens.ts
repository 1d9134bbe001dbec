import { gzipSync } from 'node:zlib'
import { chromium, type Page } from '@playwright/test'
import { browser } from '../scripts/browser.ts'
import { startProgram } from '../test/support/program.ts'
import { atMost, percentile, type Finding } from './table.ts'

const OPENED = 40
const OPEN_MS_MAX = 100
const KILOBYTES_MAX = 250

/** The inbox in a real browser on the sample centre: how much JavaScript it takes, and how long from a key to a case's messages on the screen. */
export async function screens(): Promise<Finding> {
  const program = await startProgram({ DEMO: '1' })
  const { executablePath, args, env } = await browser()
  const chrome = await chromium.launch({ executablePath, args, env })
  try {
    const page = await (await chrome.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
    await signIn(page, await program.signInLink())
    const scripts = scriptsOf(page)
    await page.goto(`${program.url}/lists/all`)
    await page.waitForSelector('.desk-row')
    const kilobytes = (await scripts()) / 1024
    const opened = await openings(page)
    return {
      title: `screens (${OPENED} cases opened one after the other from the keyboard)`, columns: ['what', 'value', 'p95', 'largest'],
      rows: [['JavaScript of the inbox, KB gzip', kilobytes, Number.NaN, Number.NaN], ['key to messages on the screen, ms (p50)', percentile(opened, 0.5), percentile(opened, 0.95), Math.max(...opened)]],
      promises: [
        atMost('JavaScript of the inbox', kilobytes, KILOBYTES_MAX, 'KB gzip'), atMost('opening a case, p95', percentile(opened, 0.95), OPEN_MS_MAX, 'ms'),
        { words: 'every case opened', holds: opened.length === OPENED, found: `${opened.length} of ${OPENED}` },
      ],
    }
  } finally {
    await chrome.close()
    await program.stop()
    await program.discard()
  }
}

async function signIn(page: Page, link: string) {
  await page.goto(link)
  await page.getByLabel('Your name').fill('Bench')
  await page.getByLabel('Mail address').fill('bench@example.com')
  await page.getByLabel('Password').fill('measured with great care')
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
}

/** What every script weighs that the page loads from now on, compressed. */
function scriptsOf(page: Page): () => Promise<number> {
  const weights: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script' && response.ok()) weights.push(response.body().then((body) => gzipSync(body).length))
  })
  return async () => (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0)
}

/** Down the list with an open case: each time from the key to the frame in which the next case's messages are there. */
async function openings(page: Page): Promise<number[]> {
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForSelector('.desk-timeline .desk-card')
  const times: number[] = []
  for (let turn = 0; turn < OPENED; turn++) {
    // A person reads before going on; what is next is fetched in the meantime.
    await page.waitForTimeout(400)
    const opened = timeToMessages(page)
    await page.waitForTimeout(20)
    await page.keyboard.press('Shift+J')
    times.push(await opened)
  }
  return times
}

const timeToMessages = (page: Page): Promise<number> => page.evaluate(() => new Promise<number>((resolve, reject) => {
  const first = () => document.querySelector('.desk-timeline .desk-card')?.getAttribute('data-message') ?? null
  const before = first()
  let pressed = 0
  const look = () => {
    const now = first()
    if (pressed > 0 && now !== null && now !== before) return resolve(performance.now() - pressed)
    requestAnimationFrame(look)
  }
  addEventListener('keydown', (event) => { if (event.key === 'J') pressed = performance.now() }, { capture: true })
  requestAnimationFrame(look)
  setTimeout(() => reject(new Error('the next case did not open within 5 s')), 5_000)
}))

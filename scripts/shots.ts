import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test'
import { startProgram, type Program } from '../test/support/program.ts'
import { browser } from './browser.ts'

/**
 * Pictures of every screen, light and dark, wide and narrow, into .data/shots: to be looked at. The screens are those that the rail and the settings
 * lead to, and some states that no link leads to. `npm run shots -- case` takes only those whose name contains the word; `SHOTS_URL` and
 * `SHOTS_SESSION` take them of a program that runs already.
 */
interface Shot {
  name: string
  path: string
  /** What is done before the picture is taken. */
  first?: (page: Page) => Promise<void>
  signedOut?: boolean
}

const FOLDER = join(import.meta.dirname, '../.data/shots')
const WIDTHS = [1440, 900, 400]
const THEMES = ['light', 'dark'] as const
const PASSWORD = 'a long word for pictures only'

const pressing = (...keys: string[]) => async (page: Page) => { for (const key of keys) await page.keyboard.press(key) }
const offline = async (page: Page) => {
  await page.context().setOffline(true)
  await page.getByText('The server cannot be reached. You see').waitFor({ timeout: 15_000 })
}
const supposing = async (page: Page) => { await page.getByRole('button', { name: /^If off/ }).first().click() }
/** The server answers, and refuses. */
const failing = (pattern: string) => async (page: Page) => {
  await page.route(pattern, (route) => route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ code: 'program.fault', title: 'Something went wrong on our side; it has been recorded', status: 500 }) }))
  await page.reload()
}

async function main(only: string | undefined) {
  const program = process.env['SHOTS_URL'] ? null : await startProgram({ DEMO: '1' })
  const opened = await chromium.launch(await browser())
  try {
    const session = program ? await signIn(opened, program) : { url: process.env['SHOTS_URL'] ?? '', cookie: process.env['SHOTS_SESSION'] ?? '' }
    const shots = (await everyScreen(opened, session)).filter(({ name }) => !only || name.includes(only))
    if (!only) rmSync(FOLDER, { recursive: true, force: true })
    mkdirSync(FOLDER, { recursive: true })
    for (const theme of THEMES) for (const width of WIDTHS) for (const shot of shots) await take(opened, session, { shot, theme, width })
    console.log(`${shots.length * THEMES.length * WIDTHS.length} pictures in ${FOLDER}`)
  } finally {
    await opened.close()
    await program?.discard()
  }
}

interface Session { url: string; cookie: string }

async function signIn(opened: Browser, program: Program): Promise<Session> {
  const context = await opened.newContext()
  const token = new URL(await program.signInLink()).hash.replace('#token=', '')
  const answer = await context.request.post(`${program.url}/api/v1/sign-ins/links`, {
    headers: { 'x-requested-with': 'meridian' }, data: { token, name: 'Niamh O\'Connor', email: 'niamh@meridian.example', password: PASSWORD },
  })
  if (!answer.ok()) throw new Error(`the one-time link was refused: ${await answer.text()}`)
  const cookie = (await context.cookies()).find(({ name }) => name === 'meridian_session')?.value ?? ''
  await context.close()
  return { url: program.url, cookie }
}

/** What the rail and the settings lead to, a case, and the states beside them. */
async function everyScreen(opened: Browser, session: Session): Promise<Shot[]> {
  const context = await contextFor(opened, session, 'light', 1440)
  const page = await context.newPage()
  const linksOf = async (path: string, place: string) => {
    await page.goto(session.url + path)
    const links = page.getByRole('navigation', { name: place }).getByRole('link')
    await links.first().waitFor()
    return links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? '').filter((href) => href !== '/' && href !== ''))
  }
  const places = [...new Set([...await linksOf('/', 'Places'), ...await linksOf('/settings/system', 'Settings')])]
  const cases: { items: { number: number }[] } = await (await page.request.get(`${session.url}/api/v1/cases?limit=1&sort=active&status=open,pending`)).json()
  const accounts: { items: { id: string }[] } = await (await page.request.get(`${session.url}/api/v1/accounts?limit=1`)).json()
  const handovers: { items: { id: string }[] } = await (await page.request.get(`${session.url}/api/v1/handovers?limit=1`)).json()
  await context.close()
  const [number, account, handover] = [cases.items[0]?.number, accounts.items[0]?.id, handovers.items[0]?.id]
  return [
    ...places.map((path) => ({ name: path.slice(1).replaceAll('/', '-'), path })),
    ...(number === undefined ? [] : casesShots(number)), ...(account === undefined ? [] : [{ name: 'account', path: `/accounts/${account}` }]),
    { name: 'board-wall', path: '/board?wall=1' }, { name: 'board-cases', path: '/board/cases?is=waiting' },
    { name: 'insights-backlog', path: '/insights?measure=backlog&by=team' }, { name: 'insights-reopens', path: '/insights?measure=reopenRate&by=topic&range=13w' },
    { name: 'insights-cases', path: '/insights/firstReplyTime/cases?sort=longest' }, { name: 'insights-definitions', path: '/insights/definitions' },
    { name: 'routing-reasons', path: '/routing', first: pressing('j', 'j') }, { name: 'routing-what-if', path: '/routing', first: supposing },
    { name: 'end-of-shift', path: '/handover' }, ...(handover === undefined ? [] : [{ name: 'hand-over', path: `/handovers/${handover}` }]),
    { name: 'calendar-new', path: '/settings/calendars?calendar=new' }, { name: 'sla-policy-new', path: '/settings/sla?policy=new' },
    { name: 'views', path: '/views' }, { name: 'view-new', path: '/views/new?query=is:unsolved+priority:high,urgent' }, { name: 'list-filter', path: '/lists/all?filter=priority:high,urgent' },
    { name: 'list-table', path: '/lists/all', first: pressing('Shift+V') }, { name: 'lists', path: '/lists/all', first: pressing('g', 'l') },
    { name: 'bulk', path: '/bulk' }, { name: 'bulk-chosen', path: '/lists/all', first: pressing('j', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown') }, { name: 'bulk-dialog', path: '/lists/all', first: pressing('j', 'x', 'Shift+ArrowDown', 'Shift+ArrowDown', 'p') },
    { name: 'macro-new', path: '/macros/new' },
    { name: 'design', path: '/design' },
    { name: 'sign-in', path: '/sign-in', signedOut: true },
    { name: 'no-such-place', path: '/no/such/place' },
    { name: 'error', path: '/log', first: failing('**/api/v1/log/facts*') },
    { name: 'empty', path: '/search?q=nothing-is-called-so' }, { name: 'search-found', path: '/search?q=refund' }, { name: 'search-wrong', path: '/search?q=status%3Aopn%20payout' },
    { name: 'palette', path: '/log', first: pressing('Control+k') },
  ]
}

const casesShots = (number: number): Shot[] => [
  { name: 'case', path: `/cases/${number}` },
  { name: 'case-reply', path: `/cases/${number}`, first: pressing('r') },
  { name: 'case-slash', path: `/cases/${number}`, first: async (page) => { await page.keyboard.press('r'); await page.waitForTimeout(300); await page.keyboard.type('/re') } },
  { name: 'case-macros', path: `/cases/${number}`, first: pressing('m') },
  { name: 'case-palette', path: `/cases/${number}`, first: pressing('Control+k') },
  { name: 'case-help', path: `/cases/${number}`, first: pressing('?') },
  { name: 'case-merge', path: `/cases/${number}`, first: pressing('Shift+M') },
  { name: 'case-split', path: `/cases/${number}`, first: pressing('Shift+B') },
  { name: 'case-ask-partner', path: `/cases/${number}`, first: pressing('Shift+P') },
  { name: 'case-incidents', path: `/cases/${number}`, first: pressing('Shift+A') },
  { name: 'case-promises', path: `/cases/${number}`, first: pressing('Shift+D') },
  { name: 'case-offline', path: `/cases/${number}`, first: offline },
]

async function take(opened: Browser, session: Session, { shot, theme, width }: { shot: Shot; theme: 'light' | 'dark'; width: number }) {
  const context = await contextFor(opened, shot.signedOut ? { ...session, cookie: '' } : session, theme, width)
  const page = await context.newPage()
  page.on('pageerror', (error) => console.log(`${shot.name}: ${error.message}`))
  try {
    await page.goto(session.url + shot.path)
    await settle(page)
    if (shot.first) await shot.first(page)
    await settle(page)
    await page.screenshot({ path: join(FOLDER, `${shot.name}-${theme}-${width}.png`) })
  } catch (error) {
    console.log(`${shot.name} (${theme}, ${width}): ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  } finally {
    await context.close()
  }
}

/** The live stream never comes to an end, so the network is never still; the screen is. */
const settle = (page: Page) => page.waitForTimeout(700)

async function contextFor(opened: Browser, { url, cookie }: Session, colorScheme: 'light' | 'dark', width: number): Promise<BrowserContext> {
  const context = await opened.newContext({ viewport: { width, height: width < 900 ? 800 : 900 }, colorScheme, locale: 'en-GB', timezoneId: 'Europe/Dublin', reducedMotion: 'reduce' })
  if (cookie) await context.addCookies([{ name: 'meridian_session', value: cookie, url }])
  return context
}

await main(process.argv[2])

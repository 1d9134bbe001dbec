import type { BrowserContext, Page } from '@playwright/test'
import { createTransport } from 'nodemailer'
import type { Program } from '../../../../test/support/program.ts'

/** Helps of the workspace's journeys: people who sign in, customers who write. */

const PASSWORD = 'seven green horses at noon'

async function call(page: Page, method: string, path: string, body: unknown): Promise<Record<string, unknown>> {
  const response = await page.request.fetch(path, {
    method, data: body === undefined ? {} : body, headers: { 'x-requested-with': 'meridian', origin: new URL(page.url()).origin, ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}) },
  })
  if (!response.ok()) throw new Error(`${method} ${path} answered ${response.status()}: ${await response.text()}`)
  return await response.json()
}

/** The first administrator, signed in by the printed link. */
export async function signInFirst(program: Program, context: BrowserContext, name: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${program.url}/healthz`)
  const token = /token=([^&\s]+)/.exec(await program.signInLink())?.[1]
  await call(page, 'POST', `${program.url}/api/v1/sign-ins/links`, { token, name, email: 'first@desk.example', password: PASSWORD })
  return page
}

/** A colleague, made by somebody who may, in a browser of their own. */
export async function signInColleague(program: Program, admin: Page, context: BrowserContext, name: string): Promise<Page> {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@desk.example`
  const agent = await call(admin, 'POST', `${program.url}/api/v1/agents`, { name, email, roles: ['agent'] })
  const invitation = await call(admin, 'POST', `${program.url}/api/v1/agents/${String(agent['id'])}/invitations`, undefined)
  const token = /token=([^&\s]+)/.exec(JSON.stringify(invitation))?.[1]?.replace(/["}].*$/, '') ?? invitation['token']
  const page = await context.newPage()
  await page.goto(`${program.url}/healthz`)
  await call(page, 'POST', `${program.url}/api/v1/sign-ins/links`, { token, name, password: PASSWORD })
  return page
}

export interface Mail {
  from: string
  subject: string
  text: string
  inReplyTo?: string
  /** Our own address, unless it goes to one that only its recipient knows. */
  to?: string
}

/** Sends a mail as any mail program does. */
export async function sendMail(program: Program, mail: Mail): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: program.smtpPort, ignoreTLS: true })
  await transport.sendMail({ to: 'support@desk.example', ...mail, ...(mail.inReplyTo ? { references: mail.inReplyTo } : {}) })
  transport.close()
}

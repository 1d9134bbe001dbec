import { createServer } from 'node:http'
import Provider from 'oidc-provider'
import { freePort } from '../../../test/support/program.ts'

export interface ProviderAccount {
  email?: string
  email_verified?: boolean
}

export interface TestProvider {
  issuer: string
  clientId: string
  clientSecret: string
  accounts: Record<string, ProviderAccount>
  /** A browser that goes to the address, signs in under the name, and stops where it is sent back to. */
  visit(address: string, login: string): Promise<string>
  close(): Promise<void>
}

interface GrantContext { oidc: { client?: { clientId: string }; session?: { accountId: string } } }

/** A real OpenID Connect provider in this process. Everybody consents. */
export async function openProvider({ redirectUri, emailInIdToken }: { redirectUri: string; emailInIdToken: boolean }): Promise<TestProvider> {
  const issuer = `http://127.0.0.1:${await freePort()}`
  const client = { clientId: 'meridian', clientSecret: 'a secret of the two' }
  const accounts: Record<string, ProviderAccount> = {}
  const provider: Provider = new Provider(issuer, {
    clients: [{ client_id: client.clientId, client_secret: client.clientSecret, redirect_uris: [redirectUri], response_types: ['code'], grant_types: ['authorization_code'] }],
    pkce: { required: () => true }, scopes: ['openid', 'email', 'profile'], claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: !emailInIdToken, cookies: { keys: ['test'] },
    findAccount: async (_context: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id, ...accounts[id] }) }),
    loadExistingGrant: async ({ oidc }: GrantContext) => {
      const grant = new provider.Grant({ clientId: oidc.client?.clientId, accountId: oidc.session?.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })
  const server = createServer(provider.callback())
  await new Promise<void>((resolve) => { server.listen(Number(new URL(issuer).port), '127.0.0.1', resolve) })
  return {
    issuer, ...client, accounts,
    visit: (address, login) => visit(address, login, redirectUri),
    close: () => new Promise((resolve) => { server.closeAllConnections(); server.close(() => resolve()) }),
  }
}

async function visit(address: string, login: string, end: string): Promise<string> {
  const jar = new Map<string, string>()
  let next = address
  let form: string | null = null
  for (let step = 0; step < 15 && !next.startsWith(end); step++) {
    const answer: Response = await fetch(next, {
      redirect: 'manual', method: form === null ? 'GET' : 'POST', headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '), 'content-type': 'application/x-www-form-urlencoded' },
      ...(form === null ? {} : { body: form }),
    })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      jar.set(name, value)
    }
    const location = answer.headers.get('location')
    // Without a redirect it is the page that asks who comes.
    form = location === null ? new URLSearchParams({ prompt: 'login', login, password: 'x' }).toString() : null
    if (location !== null) next = new URL(location, next).href
    else if (!answer.ok) throw new Error(`the provider says ${answer.status}: ${await answer.text()}`)
  }
  if (!next.startsWith(end)) throw new Error(`the provider sent the browser to ${next}`)
  return next
}

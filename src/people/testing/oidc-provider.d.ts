/** As much of the provider's interface as the tests use; the package brings no types. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http'

  interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }
  export default class Provider {
    constructor(issuer: string, configuration: Record<string, unknown>)
    callback(): RequestListener
    Grant: new (owner: { clientId: string | undefined; accountId: string | undefined }) => Grant
    on(event: string, listener: (context: unknown, error: Error) => void): void
  }
}

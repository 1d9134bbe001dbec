import { systemClock, type Clock, type Db, type Perform, type Work } from '#platform'
import { openCredentials, type Credentials, type Walls } from './authenticate.ts'
import { openKeys, type Keys } from './keys.ts'
import { openOidc, type Oidc, type OidcOptions } from './oidc/client.ts'
import { openPasswords, type Passwords } from './sign-in/password.ts'

export interface PeopleOptions {
  db: Db
  perform: Perform
  /** The installation's own key; what must be read again is encrypted with one made from it. */
  secretKey: string | Uint8Array
  publicUrl: string
  /** The company's own sign-in, when there is one. */
  oidc: OidcOptions | null
  walls: Walls
  clock?: Clock
}

/** What the room's verbs and routes work with. */
export interface People {
  db: Db
  perform: Perform
  clock: Clock
  publicUrl: string
  authenticate: Credentials
  keys: Keys
  passwords: Passwords
  oidc: Oidc | null
  /** Once the change is durable, credentials are looked up again: it holds at once here, and within a second on other instances. */
  forgetAfter(work: Work): void
}

/** Opens the room: who acts, and how they sign in. Nothing is asked of the network before somebody signs in. */
export async function openPeople({ db, perform, secretKey, publicUrl, oidc, walls, clock = systemClock }: PeopleOptions): Promise<People> {
  const authenticate = openCredentials({ db, clock, walls })
  const keys = openKeys(secretKey)
  return {
    db, perform, clock, publicUrl, authenticate, keys, passwords: await openPasswords(), oidc: oidc ? openOidc(oidc, { publicUrl, keys, clock }) : null,
    forgetAfter: (work) => work.afterCommit(() => authenticate.forget()),
  }
}

import { system, type Work } from '#platform'
import { removeDemoAgents } from './agents/service.ts'
import { issueFirstLink } from './links/service.ts'
import { linkAddress } from './links/model.ts'
import type { People } from './open.ts'
import { deleteDemoPlaces } from './places/store.ts'

/** The link by which the first administrator comes in, fresh at each start; null once an administrator can sign in. */
export async function firstSignInLink(people: People): Promise<string | null> {
  const secret = await people.perform(system('sign-in'), issueFirstLink)
  return secret === null ? null : linkAddress(people.publicUrl, secret)
}

/** Takes the sample centre's people, teams, sites and skills out. Whoever real work still refers to is deactivated and stays. */
export async function removeDemoPeople(work: Work): Promise<void> {
  await removeDemoAgents(work)
  await deleteDemoPlaces(work.tx)
}

import { createCalendar, createPolicy } from '#desk'
import { system, type Perform } from '#platform'
import { sites as places } from '../cast/places.ts'
import { calendars, policies } from '../cast/promises.ts'
import { demoSites } from '../store.ts'

const siteNames = new Map<string, string>(places.map(({ key, name }) => [key, name]))

/** Sets up calendars and policies before the first case comes, so that every clock of the sample centre has run as it says. */
export const makePromises = (perform: Perform, at: Date): Promise<void> => perform(system('sample centre'), async (work) => {
  const sites = await demoSites(work.tx)
  for (const { name, timeZone, site, standard, slots, holidays, half } of calendars) {
    const siteId = sites.get(siteNames.get(site) ?? '')
    await createCalendar(work, {
      name, timeZone, slots: [...slots], demo: true, sites: siteId === undefined ? [] : [siteId], ...(standard ? { standard: true } : {}),
      holidays: holidays.map((day) => (half !== null && day.date.endsWith(half) ? { ...day, hours: { from: 13 * 60, to: 24 * 60 } } : { ...day })),
    })
  }
  for (const policy of policies) await createPolicy(work, { ...policy, demo: true })
}, at)

import { accountsAudience, accountsPolicy, accountsRoutes } from '#accounts'
import { channelsAudience, channelsJobs, channelsPolicy, channelsRepeating, channelsRoutes, openEmail, openOutgoing, type Email, type Outgoing } from '#channels'
import { deskAudience, deskFollowers, deskJobs, deskPolicy, deskRepeating, deskReplyJobs, deskRoutes, deskTicks, receiveMessage, settleDelivery, walledFrom, type Staffing } from '#desk'
import { demoAudience, demoJobs, demoPolicy, demoRoutes, loadSampleCentre } from '#demo'
import { insightsAudience, insightsJobs, insightsPolicy, insightsRoutes, insightsTicks, measuring } from '#insights'
import { firstSignInLink, openPeople, peopleAudience, peopleJobs, peoplePolicy, peopleRepeating, peopleRoutes } from '#people'
import {
  audienceFrom, authorisation, buildServer, healthRoutes, openLive, openMetrics, platformJobs, platformPolicy, platformRepeating, platformRoutes, portProblem, readNamedFile, startJobs, stillSignedIn,
  isConnectionFault, startFollowers, startTicks, type Actor, type Config, type Ends, type Follower, type JobTable, type Live, type May, type Metrics, type Platform, type Tick,
} from '#platform'

/** The one place where every room is known: who answers which port, and what the program serves, does and tells. */
export interface Rooms {
  app: Awaited<ReturnType<typeof buildServer>>
  /** Begins to take mail and to work off jobs. @returns the ports, which matter when 0 was asked for. */
  start(): Promise<{ smtpPort: number; lmtpPort: number | null }>
  /** Loads the sample centre into an empty database; into any other, nothing. @returns the number of cases, or null. */
  loadSampleCentre(say: (line: string) => void): Promise<number | null>
  /** The link by which the first administrator comes in; null once one can sign in. */
  firstSignInLink(): Promise<string | null>
}

export interface RoomsOptions {
  config: Config
  platform: Platform
  ends: Ends
  /** The folder of the built screens. */
  screens: string | null
}

const policies = [platformPolicy, peoplePolicy, accountsPolicy, deskPolicy, channelsPolicy, insightsPolicy, demoPolicy]
/** Until there are rosters, whoever says that they are there is at work. */
const staffing: Staffing = { onShift: async (_db, agentIds) => new Set(agentIds) }
const followersOf = (poke: (tick: string) => void): readonly Follower[] => [measuring, ...deskFollowers({ poke })]
const ticksOf = ({ publicUrl, undoSendSeconds }: Config, { post, delivery }: Outgoing, { files }: Platform): readonly Tick[] => [...deskTicks({ staffing, files, post, publicUrl, delivery, undoSendSeconds }), ...insightsTicks]
const repeating = [...platformRepeating, ...peopleRepeating, ...deskRepeating, ...channelsRepeating]

/** Fills the rooms' ports and builds the server; nothing is taken in before `start`. */
export async function openRooms({ config, platform, ends, screens }: RoomsOptions): Promise<Rooms> {
  const { db, perform, logger, files, whereabouts } = platform
  const may = authorisation(...policies)
  const audienceOf = audienceFrom({ people: peopleAudience, accounts: accountsAudience, desk: deskAudience(db), channels: channelsAudience(db), insights: insightsAudience, demo: demoAudience })
  const people = await openPeople({ db, perform, secretKey: platform.key, publicUrl: config.publicUrl, oidc: config.oidc, walls: { barredFor: walledFrom } })
  const live = openLive({ db, feed: platform.feed, whereabouts, may, audienceOf, stillSignedIn: stillSignedIn(people.authenticate), accessChanged: people.authenticate.forget })
  const metrics = openMetrics(db, live.listeners)
  const outgoing = openMailOut(config, platform, may)
  const email = openMailIn(config, platform, metrics, outgoing)
  let taking = true
  const working: { stop(): Promise<void> }[] = []
  const routes = {
    ...healthRoutes({ db, registry: metrics.registry, taking: () => taking }), ...platformRoutes({ live, may, audienceOf }), ...peopleRoutes(people, { permissions: permissionsOf(may), undoSendSeconds: config.undoSendSeconds }), ...accountsRoutes(),
    ...deskRoutes({ delivery: outgoing.delivery, undoSendSeconds: config.undoSendSeconds, files, perform, attachmentBytesMax: config.mailBytesMax, whereabouts, staffing, logPosition: () => platform.feed.head() }),
    ...channelsRoutes(email, outgoing), ...insightsRoutes({ db, may, whereabouts, now: () => new Date() }), ...demoRoutes(),
  }
  const app = await buildServer({
    routes, ground: { db, perform, may, authenticate: people.authenticate }, publicUrl: config.publicUrl, logger, trustProxy: config.trustProxy, screens, answered: metrics.answered,
  })
  ends.add(() => outgoing.close())
  ends.add(async () => {
    taking = false
    // All at once: nothing new is taken anywhere while what is under way is finished.
    await Promise.all([closeServer(app, live), email.stop(), ...working.map((jobs) => jobs.stop())])
  })
  const table = { ...platformJobs(), ...peopleJobs(), ...deskJobs({ closeAfterDays: config.closeAfterDays }), ...deskReplyJobs({ delivery: outgoing.delivery, undoSendSeconds: config.undoSendSeconds }), ...channelsJobs(email, outgoing), ...insightsJobs(), ...demoJobs() }
  return {
    app, start: () => start(config, platform, { email, ticks: ticksOf(config, outgoing, platform) }, table, working), firstSignInLink: () => firstSignInLink(people),
    loadSampleCentre: (say) => loadSampleCentre({ db, perform, files, say, now: new Date() }),
  }
}

/** Every permission that an actor has, for screens that show only what will be granted. */
const permissionsOf = (may: May) => (actor: Actor): string[] => policies.flatMap((policy) => Object.keys(policy)).filter((permission) => may(actor, permission)).sort()

function openMailOut(config: Config, { files }: Platform, may: May): Outgoing {
  const { mailDomain, smtpUrl, dkim } = config
  const key = dkim && { domain: dkim.domain, selector: dkim.selector, privateKey: readNamedFile('DKIM_KEY_FILE', dkim.keyFile) }
  return openOutgoing({ may, files, settleDelivery, mailDomain, smtpUrl, dkim: key, publicUrl: config.publicUrl })
}

function openMailIn(config: Config, { db, perform, ownerUrl, files, logger, key }: Platform, metrics: Metrics, outgoing: Outgoing): Email {
  const { mailDomain, smtpTls } = config
  if (smtpTls) for (const [setting, path] of [['SMTP_TLS_CERT', smtpTls.certificate], ['SMTP_TLS_KEY', smtpTls.key]] as const) readNamedFile(setting, path)
  return openEmail({
    db, perform, ownerUrl, files, metrics, logger, installationKey: key, host: config.mailHost, smtpPort: config.smtpPort, lmtpPort: config.lmtpPort, name: mailDomain, tls: smtpTls,
    bytesMax: config.mailBytesMax, smtpUrl: config.smtpUrl, standardAddress: `support@${mailDomain}`, destinations: { receiveMessage, recordBounce: outgoing.recordBounce },
  })
}

async function start({ smtpPort, mailHost, lmtpPort, jobsAtOnce }: Config, { ownerUrl, db, pool, perform, feed, logger }: Platform, { email, ticks }: { email: Email; ticks: readonly Tick[] }, table: JobTable, working: { stop(): Promise<void> }[]) {
  const fault = (error: unknown, job: string) => {
    if (isConnectionFault(error)) logger.warn({ err: error, job }, 'a job waits for the database')
    else logger.error({ err: error, job }, 'a job failed')
  }
  working.push(await startJobs({ ownerUrl, db, pool, perform, table, repeating, concurrency: jobsAtOnce, fault }))
  const ticking = startTicks({ db, perform, ticks, fault })
  working.push(ticking, await startFollowers({ db, perform, feed, followers: followersOf(ticking.poke), fault }))
  return email.start().catch((error: unknown) => { throw lmtpPort === null ? portProblem('SMTP_PORT', mailHost, smtpPort, error) : portProblem('SMTP_PORT or LMTP_PORT', mailHost, smtpPort, error) })
}

const REQUESTS_MAY_TAKE_MS = 4_000

/** Lets requests under way finish; streams never would. */
async function closeServer(app: Rooms['app'], live: Live) {
  live.close()
  const impatient = setTimeout(() => app.server.closeAllConnections(), REQUESTS_MAY_TAKE_MS)
  await app.close()
  clearTimeout(impatient)
}

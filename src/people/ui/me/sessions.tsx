import { Badge, Button, Problem, Section, Skeleton, tellRefusal, Time, toast, useQueryClient } from '#web'
import { Monitor, Smartphone } from 'lucide-react'
import { people, useSessions, type Session } from '../wire.ts'
import { browserWords } from '../words.ts'

const methodWords = { password: 'by password', link: 'by a one-time link', oidc: 'through another service' } as const

/** Where I am signed in. */
export function Sessions() {
  const { data, error, refetch } = useSessions()
  const cache = useQueryClient()
  // Only administrators hear of sessions live, so this list is fetched again after a change of its own.
  const again = () => void cache.invalidateQueries({ queryKey: ['my-sessions'] })
  const end = (session: Session) => void people('DELETE /api/v1/me/sessions/:id', { params: { id: session.id } }).then(
    () => { toast({ text: `${browserWords(session.browser)} is signed out`, tone: 'done' }); again() }, (refused: unknown) => tellRefusal(refused, 'Not signed out'))
  const endOthers = () => void people('DELETE /api/v1/me/sessions').then(
    ({ ended }) => { toast({ text: ended === 1 ? 'One other browser is signed out' : `${ended} other browsers are signed out`, tone: 'done' }); again() }, (refused: unknown) => tellRefusal(refused, 'Not signed out'))
  return (
    <Section
      title="Where you are signed in" {...(data ? { count: data.items.length } : {})}
      actions={data && data.items.length > 1 ? <Button size="small" onClick={endOthers}>Sign out everywhere else</Button> : null}
    >
      {error && !data ? <Problem error={error} compact what="The list" onRetry={() => void refetch()} /> : null}
      {data ? <ul className="people-sessions">{data.items.map((session) => <Row key={session.id} session={session} end={() => end(session)} />)}</ul> : <Skeleton rows={2} rowHeight={48} />}
    </Section>
  )
}

function Row({ session, end }: { session: Session; end: () => void }) {
  const words = browserWords(session.browser)
  const Sign = /iPhone|Android/.test(words) ? Smartphone : Monitor
  return (
    <li>
      <Sign size={18} strokeWidth={1.5} aria-hidden />
      <div className="people-two">
        <span>{words} {session.current ? <Badge tone="done">This browser</Badge> : null}</span>
        <span className="people-quiet">From {session.address || 'an unknown place'}, {methodWords[session.method]} <Time at={session.createdAt} />. {session.current ? 'In use now.' : <>Last seen <Time at={session.lastSeenAt} />.</>}</span>
      </div>
      {session.current ? null : <Button size="small" aria-label={`Sign ${words} out`} onClick={end}>Sign out</Button>}
    </li>
  )
}

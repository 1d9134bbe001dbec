import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { inWords } from '../api/problem.ts'
import { useLive } from '../live/live.ts'
import { Badge } from '../parts/marks.tsx'
import { Count, Bytes } from '../parts/figures.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Problem, Skeleton } from '../parts/states.tsx'
import { Duration, Time } from '../parts/time.tsx'
import { Link } from '../routing.ts'
import { groundApi, readCounts, sumOf, type Sample } from './wire.ts'

/** Whether the program is well, for administrators: ready, its work, its memory. Looks again every ten seconds. */
export default function System() {
  const ready = useQuery({ queryKey: ['ready'], refetchInterval: 10_000, retry: false, queryFn: ({ signal }) => groundApi('GET /readyz', { signal }) })
  const counts = useQuery({ queryKey: ['counts of the program'], refetchInterval: 10_000, queryFn: ({ signal }) => readCounts(signal) })
  const live = useLive()
  return (
    <Page title="System" detail="How the instance that answers you is doing. The same figures stand at /metrics for Prometheus.">
      <Section title="Health">
        <dl className="ground-facts">
          <Line name="Program">{ready.error ? <Badge tone="late">{inWords(ready.error)}</Badge> : ready.data ? <Badge tone="done">Ready: the database is reached and at this version</Badge> : <Skeleton width={200} />}</Line>
          <Line name="Live updates">{live === 'live' ? <Badge tone="done">Changes reach this window by themselves</Badge> : <Badge tone="soon">Connecting</Badge>}</Line>
        </dl>
      </Section>
      {counts.error ? <Problem error={counts.error} what="The figures" onRetry={() => void counts.refetch()} /> : counts.data ? <Figures samples={counts.data} /> : <Skeleton rows={6} />}
    </Page>
  )
}

function Figures({ samples }: { samples: readonly Sample[] }) {
  const jobs = (state: string) => sumOf(samples, 'meridian_jobs', { state })
  const started = sumOf(samples, 'process_start_time_seconds') * 1_000
  const answered = sumOf(samples, 'meridian_request_seconds_count')
  const faults = samples.filter(({ name, labels }) => name === 'meridian_request_seconds_count' && labels['status']?.startsWith('5')).reduce((sum, { value }) => sum + value, 0)
  return (
    <>
      <Section title="Work in the background">
        <dl className="ground-facts">
          <Line name="Waiting"><Count value={jobs('waiting')} unit="job" /></Line>
          <Line name="Running"><Count value={jobs('running')} unit="job" /></Line>
          <Line name="Given up">{jobs('dead') > 0 ? <Link href="/settings/dead-letters"><Badge tone="late"><Count value={jobs('dead')} unit="dead letter" /></Badge></Link> : 'None'}</Line>
        </dl>
      </Section>
      <Section title="This instance">
        <dl className="ground-facts">
          <Line name="Running since"><Time at={new Date(started)} /></Line>
          <Line name="Memory"><Bytes value={sumOf(samples, 'process_resident_memory_bytes')} /></Line>
          <Line name="Live windows"><Count value={sumOf(samples, 'meridian_live_streams')} unit="stream" /></Line>
          <Line name="Requests answered"><Count value={answered} /></Line>
          <Line name="Time to answer">{answered > 0 ? <><Duration ms={(sumOf(samples, 'meridian_request_seconds_sum') / answered) * 1_000} /> on average</> : 'Nothing asked yet'}</Line>
          <Line name="Faults of ours">{faults > 0 ? <Badge tone="late"><Count value={faults} of={answered} unit="answer" /></Badge> : <Count value={0} of={answered} unit="answer" />}</Line>
        </dl>
      </Section>
    </>
  )
}

const Line = ({ name, children }: { name: string; children: ReactNode }) => <div className="ground-fact"><dt>{name}</dt><dd className="figure">{children}</dd></div>

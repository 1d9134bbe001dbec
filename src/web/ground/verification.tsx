import { useQuery } from '@tanstack/react-query'
import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { useCommands } from '../commands/use.ts'
import { Button } from '../parts/button.tsx'
import { Page } from '../parts/page.tsx'
import { Empty, Problem } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { Link } from '../routing.ts'
import { groundApi } from './wire.ts'
import { verificationInWords } from './words.ts'

/** Walks the chain of seals over the log, when asked. */
export default function VerificationPage() {
  const { data, error, isFetching, dataUpdatedAt, refetch } = useQuery({ queryKey: ['verification'], enabled: false, queryFn: ({ signal }) => groundApi('GET /api/v1/log/verification', { signal }) })
  const run = () => void refetch()
  useCommands([{ id: 'log.verify', name: 'Verify the log', section: 'System', icon: ShieldCheck, perform: run }], [])
  return (
    <Page
      title="Is the log as it was written?" actions={<Button variant="primary" icon={ShieldCheck} busy={isFetching} command="log.verify" onClick={run}>{isFetching ? 'Walking the log ...' : data ? 'Verify again' : 'Verify now'}</Button>}
      detail={<>Every change leaves a fact in the <Link href="/log">log</Link>, and each fact is sealed with the one before it. Walking the seals shows whether any fact was changed, removed or put in afterwards, also by somebody with the keys to the database.</>}
    >
      {error && !isFetching ? <Problem error={error} what="The result" onRetry={run} /> : null}
      {data ? (
        <div className={`ground-result ground-result-${data.verified ? 'done' : 'late'}`} role="status">
          {data.verified ? <ShieldCheck size={20} aria-hidden /> : <ShieldAlert size={20} aria-hidden />}
          <div><p className="ground-result-words">{verificationInWords(data)}</p><p className="quiet">Verified <Time at={new Date(dataUpdatedAt)} /></p></div>
        </div>
      ) : error ? null : <Empty icon={ShieldCheck} title="Not verified since you opened this page">The walk reads the whole log; a million facts take some seconds. Nobody has to wait for it.</Empty>}
    </Page>
  )
}

import { Button, client, Dialog, Empty, Page, Problem, Section, Skeleton, tellRefusal, toast, useMutation, useQuery } from '#web'
import { Sprout, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Demo, DemoState } from '../model.ts'
import type { DemoApi } from '../routes.ts'
import { progressOf, saying } from './words.ts'

const api = client<DemoApi>()
const PROGRESS_MS = 1_000
type Here = Pick<Demo, 'state' | 'done' | 'cases'>

/** The sample centre in this installation: what it is, how far its loading or removal is, and the button that takes it out. */
export function SampleCentre() {
  const demo = useQuery({
    queryKey: ['demo', 'centre'], queryFn: ({ signal }) => api('GET /api/v1/demo', { signal }),
    // Facts tell when it begins and ends; in between it is asked for.
    refetchInterval: ({ state }) => (isUnderWay(state.data?.state) ? PROGRESS_MS : false),
  })
  return (
    <Page title="Sample centre" detail="Invented people and cases for a first look">
      {demo.data ? <State demo={demo.data} stays={demo.data.stays} /> : demo.error ? <Problem error={demo.error} what="The sample centre" onRetry={() => void demo.refetch()} /> : <Skeleton rows={3} />}
    </Page>
  )
}

const isUnderWay = (state: DemoState | undefined) => state === 'loading' || state === 'removing'

function State({ demo, stays }: { demo: Here; stays: string }) {
  if (demo.state === 'absent' || demo.state === 'removed') return <Empty title={saying[demo.state]} icon={Sprout}>It is loaded only into an empty installation, on its first start.</Empty>
  return (
    <Section title={saying[demo.state]} detail="Three sites, 40 agents, about 300 accounts and their cases of the last sixty days. Everything in it is invented, and every address ends in .example.">
      {isUnderWay(demo.state) ? <Progress demo={demo} /> : <Removal cases={demo.cases} stays={stays} />}
    </Section>
  )
}

function Progress({ demo }: { demo: Here }) {
  return (
    <div className="demo-progress">
      <progress value={demo.done} max={Math.max(1, demo.cases)} aria-label={saying[demo.state]} />
      <span role="status">{progressOf(demo)}</span>
    </div>
  )
}

function Removal({ cases, stays }: { cases: number; stays: string }) {
  const [asking, setAsking] = useState(false)
  const removal = useMutation({
    mutationFn: () => api('DELETE /api/v1/demo'),
    onSuccess: () => toast({ text: 'The sample centre is being removed' }), onError: (error) => tellRefusal(error, 'Not removed'), onSettled: () => setAsking(false),
  })
  const remove = <Button variant="danger" icon={Trash2} busy={removal.isPending} onClick={() => removal.mutate()}>Remove {cases.toLocaleString()} cases</Button>
  return (
    <>
      <p className="demo-stays">When it is removed: {stays.charAt(0).toLowerCase()}{stays.slice(1)}</p>
      <div><Button icon={Trash2} onClick={() => setAsking(true)}>Remove the sample centre…</Button></div>
      <Dialog
        open={asking} onClose={() => setAsking(false)} title="Remove the sample centre?" size="small" footer={<><Button onClick={() => setAsking(false)}>Keep it</Button>{remove}</>}
        description={`This cannot be undone. It takes out all ${cases.toLocaleString()} cases with their messages, the sample customers and accounts, agents, teams, queues and topics. Your own work stays.`}
      />
    </>
  )
}

import { RotateCw, ShieldCheck, Trash2 } from 'lucide-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queries, tellRefusal } from '../api/queries.ts'
import { useCommands } from '../commands/use.ts'
import { useMe } from '../me.tsx'
import { Button } from '../parts/button.tsx'
import { Count, Id } from '../parts/figures.tsx'
import { Dialog, Drawer } from '../parts/over.tsx'
import { Page } from '../parts/page.tsx'
import { Empty, Problem, Skeleton } from '../parts/states.tsx'
import { Table } from '../parts/table.tsx'
import { Time } from '../parts/time.tsx'
import { toast } from '../parts/toasts.ts'
import { useQueryParams } from '../routing.ts'
import { groundApi, type DeadLetter } from './wire.ts'
import { firstLine, payloadText } from './words.ts'

/** Jobs that were given up: why, and another try. Which one is open stands in the address: `?letter=ID`. */
export default function DeadLetters() {
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['deadLetters'], initialPageParam: '', refetchInterval: 30_000,
    queryFn: ({ pageParam, signal }) => groundApi('GET /api/v1/dead-letters', { query: pageParam ? { cursor: pageParam } : {}, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  const [{ letter: open }, change] = useQueryParams()
  const show = (id: string | null) => change({ letter: id }, { push: true })
  const letters = data?.pages.flatMap((page) => page.items)
  const shown = letters?.find(({ id }) => id === open)
  return (
    <Page title="Dead letters" detail="Work that failed on every try: a mail that could not be read, a send that nobody answered. Nothing is lost; each waits here until somebody decides.">
      {error ? <Problem error={error} what="The dead letters" onRetry={() => void refetch()} /> : letters ? <Letters letters={letters} show={show} /> : <Skeleton rows={4} />}
      {hasNextPage ? <div><Button onClick={() => void fetchNextPage()}>Show more</Button></div> : null}
      {shown ? <Drawer open onClose={() => show(null)} title={shown.job} description={<>Given up <Time at={shown.failedAt} /> after <Count value={shown.attempts} unit="try|tries" /></>}><Letter letter={shown} close={() => show(null)} /></Drawer> : null}
    </Page>
  )
}

function Letters({ letters, show }: { letters: readonly DeadLetter[]; show: (id: string) => void }) {
  return (
    <Table
      label="Dead letters" rows={letters} keyOf={({ id }) => id} onOpen={({ id }) => show(id)}
      empty={<Empty icon={ShieldCheck} title="No job was given up">A job that fails is tried again, with longer and longer pauses. What fails on every try comes to rest here, with its reason.</Empty>}
      columns={[
        { id: 'job', name: 'Job', width: 190, cell: ({ job }) => <span className="mono">{job}</span> },
        { id: 'why', name: 'Why', cell: ({ lastError }) => <span className="ground-why">{firstLine(lastError)}</span> },
        { id: 'tries', name: 'Tries', align: 'right', width: 60, cell: ({ attempts }) => <Count value={attempts} />, wideOnly: true },
        { id: 'at', name: 'Given up', align: 'right', width: 110, cell: ({ failedAt }) => <Time at={failedAt} /> },
      ]}
    />
  )
}

function Letter({ letter, close }: { letter: DeadLetter; close: () => void }) {
  const may = useMe().may('job.replay')
  const [asking, setAsking] = useState(false)
  const act = (send: () => Promise<unknown>, said: string, refused: string) => {
    close()
    send().then(() => toast({ text: said, tone: 'done' }), (error: unknown) => tellRefusal(error, refused)).finally(() => void queries.invalidateQueries({ queryKey: ['deadLetters'] }))
  }
  const replay = () => act(() => groundApi('POST /api/v1/dead-letters/:id/replays', { params: { id: letter.id }, body: {} }), 'It is tried again now', 'Not tried again')
  const discard = () => act(() => groundApi('DELETE /api/v1/dead-letters/:id', { params: { id: letter.id } }), 'It is given up for good', 'Not given up')
  useCommands([{ id: 'letter.replay', name: 'Try again', keys: ['mod+Enter'], section: 'Dead letters', icon: RotateCw, when: () => may, perform: replay }], [may, letter])
  return (
    <div className="ground-stack">
      {may ? <div className="ground-actions"><Button variant="primary" icon={RotateCw} command="letter.replay" onClick={replay}>Try again</Button><Button variant="danger" icon={Trash2} onClick={() => setAsking(true)}>Give up ...</Button></div> : null}
      <section><h3 className="ground-heading">Why it failed</h3><pre className="ground-text">{letter.lastError ?? 'No reason was kept'}</pre></section>
      <section><h3 className="ground-heading">What it was to do</h3><pre className="ground-text">{payloadText(letter.payload)}</pre></section>
      <p className="quiet">Began <Time at={letter.createdAt} form="full" />, number <Id value={letter.id} label="Copy the number" /></p>
      <Dialog
        open={asking} onClose={() => setAsking(false)} title="Give this job up for good?" description="It is removed and never tried again. What it was to do stays undone; this cannot be taken back." size="small"
        footer={<><Button variant="quiet" onClick={() => setAsking(false)}>Keep it</Button><Button variant="danger" onClick={discard}>Give it up</Button></>}
      />
    </div>
  )
}

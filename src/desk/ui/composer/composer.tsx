import { Paperclip, PenLine } from 'lucide-react'
import { Badge, Button, classes, IconButton, Menu, runCommand, Time, useCommands, useMe, type PersonThere } from '#web'
import { useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type DragEvent } from 'react'
import { isUnsolved } from '../../cases/model.ts'
import { canChange } from '../can-change.ts'
import { useAgents, useCaseDrafts, useTeams } from '../data.ts'
import { MacroCommands } from '../macros/commands.tsx'
import { Along, Unfilled } from '../macros/along.tsx'
import { useMacros } from '../macros/data.ts'
import { goToUnfilled, useTaking } from '../macros/taking.ts'
import { Prose } from '../timeline/card.tsx'
import type { Case, Draft, Message, Visibility } from '../wire.ts'
import { personName } from '../words.ts'
import { draftWords, type FileWords } from './autosave.ts'
import { Files } from './files.tsx'
import type { Colleague } from './mentions.ts'
import { Recipients } from './recipients.tsx'
import { useSending, type Sending, type SendStatus } from './send.ts'
import { dropFile, useUploads } from './uploads.ts'
import { useDraft, type WorkingDraft } from './use-draft.ts'
import { WritingArea } from './writing-area.tsx'

interface ComposerProps {
  view: Case
  messages: readonly Message[]
  seenId: string | null
  there: readonly PersonThere[]
  onWriting: (writing: boolean) => void
  /** The keyboard goes back to the messages. */
  onLeave: () => void
}

/** Where one writes to the customer, or a note for colleagues. */
export function Composer(props: ComposerProps) {
  const { view, there } = props
  // Undecided, it is what was begun before, or came back.
  const [chosen, setOpen] = useState<Visibility | undefined>(undefined)
  const someoneWrites = there.some(({ doing }) => doing === 'writing')
  const drafts = useCaseDrafts(view.number, someoneWrites ? 5_000 : false).data
  const me = useMe()
  const mine = drafts?.find((draft) => draft.agent.id === me.id)
  const others = drafts?.filter((draft) => draft.agent.id !== me.id) ?? []
  const begin = useCallback((visibility: Visibility) => {
    setOpen(visibility)
    // It may be open already.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('.desk-textarea')?.focus())
  }, [])
  const open = chosen ?? mine?.visibility ?? null
  const works = canChange(view)
  useCommands([
    { id: 'case.reply', name: 'Reply', keys: ['r'], section: 'Write', when: () => works, perform: () => begin('public') },
    { id: 'case.note', name: 'Note for colleagues', keys: ['n'], section: 'Write', when: () => works, perform: () => begin('note') },
  ], [works, begin])
  if (!works) return <div className="desk-composer desk-composer-closed">{view.removed ? 'Restore the case to write in it.' : 'The case is closed. A new mail of the customer opens a follow-up.'}</div>
  return (
    <div className="desk-composer" data-scope="composer">
      <MacroCommands view={view} works={works} begin={begin} />
      <Others drafts={others} there={there} />
      {open ? <Writing key={open} visibility={open} asked={chosen !== undefined} change={setOpen} drafts={drafts} {...props} /> : <Closed view={view} begin={begin} />}
    </div>
  )
}

function Closed({ view, begin }: { view: Case; begin: (visibility: Visibility) => void }) {
  return (
    <div className="desk-composer-row">
      <button type="button" className="desk-composer-begin" onClick={() => begin('public')}>Reply to {personName(view.customer)} …</button>
      <Button command="case.note" variant="quiet" size="small">Note</Button>
    </div>
  )
}

/** What colleagues are writing: so that nobody writes the same twice. */
function Others({ drafts, there }: { drafts: readonly Draft[]; there: readonly PersonThere[] }) {
  const [shown, setShown] = useState<string | null>(null)
  const writing = there.filter(({ doing }) => doing === 'writing')
  const without = writing.filter(({ agent }) => !drafts.some((draft) => draft.agent.id === agent))
  if (drafts.length === 0 && without.length === 0) return null
  const draft = drafts.find(({ id }) => id === shown)
  return (
    <div className="desk-others" role="status">
      {drafts.map((each) => {
        const now = writing.some(({ agent }) => agent === each.agent.id)
        const what = each.visibility === 'note' ? 'a note' : 'a reply'
        return (
          <button key={each.id} type="button" className={classes('desk-other', now && 'desk-other-now')} aria-expanded={shown === each.id} onClick={() => setShown(shown === each.id ? null : each.id)}>
            <PenLine size={12} aria-hidden />{now ? `${each.agent.name} is writing ${what}` : <>{each.agent.name} began {what} <Time at={each.updatedAt} /></>}
          </button>
        )
      })}
      {without.map(({ agent, name }) => <span key={agent} className="desk-other desk-other-now"><PenLine size={12} aria-hidden />{name} is writing</span>)}
      {draft ? <div className="desk-other-text"><Prose text={draft.body} /></div> : null}
    </div>
  )
}

interface WritingProps extends ComposerProps {
  /** Somebody asked to write; otherwise a draft is only shown, and the keyboard stays where it is. */
  asked: boolean
  visibility: Visibility
  change: (visibility: Visibility | undefined) => void
  drafts: readonly Draft[] | undefined
}

function Writing({ view, visibility, asked, change, drafts, seenId, onWriting, onLeave }: WritingProps) {
  const colleagues = useColleagues()
  const draft = useDraft(view.number, visibility, drafts)
  const area = useRef<HTMLTextAreaElement>(null)
  const { write } = draft
  const attach = useCallback((files: FileWords[]) => write((now) => ({ files: [...now.files, ...files] })), [write])
  const { uploading, add } = useUploads(view.number, attach)
  const onSent = useCallback((status: SendStatus | undefined) => {
    change(undefined)
    onWriting(false)
    onLeave()
    if (status === 'solved') runCommand('list.next')
  }, [change, onWriting, onLeave])
  const put = useTaking(view.number, area)
  const sending = useSending({ view, visibility, draft, seenId, colleagues, onSent, onUnfilled: () => goToUnfilled(area.current) })
  const macros = useMacros().data ?? NONE
  const wrote = useWriting(onWriting)
  const close = () => { onWriting(false); if (isBlank(draft)) change(undefined); onLeave() }
  useWritingCommands({ view, visibility, draft, sending, close, discard: () => { draft.discard(); change(undefined); onWriting(false); onLeave() } })
  useEffect(() => { if (asked) area.current?.focus() }, [asked])
  const drop = (event: DragEvent) => { if (event.dataTransfer.files.length > 0) { event.preventDefault(); add([...event.dataTransfer.files]) } }
  const paste = (event: ClipboardEvent) => { if (event.clipboardData.files.length > 0) { event.preventDefault(); add([...event.clipboardData.files]) } }
  return (
    <div className={classes('desk-writing', visibility === 'note' && 'desk-writing-note')} onDrop={drop} onDragOver={(event) => event.preventDefault()} onPaste={paste}>
      <div className="desk-writing-head">
        <Kinds visibility={visibility} change={change} />
        {visibility === 'public' ? <Recipients view={view} cc={draft.state.words.cc} onChange={(cc) => draft.write({ cc })} /> : <span className="desk-writing-hint">Only colleagues read it. @ asks somebody to look.</span>}
      </div>
      <Conflict draft={draft} />
      <Unseen sending={sending} />
      {visibility === 'public' ? <Unfilled body={draft.state.words.body} area={area} /> : null}
      <WritingArea
        ref={area} value={draft.state.words.body} colleagues={visibility === 'note' ? colleagues : NONE} macros={macros} place={{ topic: view.topic?.key ?? null, queueId: view.queue.id }} onMacro={(macro, from, to) => void put(macro, from, to)} label={visibility === 'note' ? 'Note' : 'Reply'}
        placeholder={visibility === 'note' ? 'Write a note …' : `Write to ${personName(view.customer)} …  / for snippets`} onChange={(body) => { wrote(); draft.write({ body }) }}
      />
      <Files number={view.number} files={draft.state.words.files} uploading={uploading} onDrop={(id) => { void dropFile(view.number, id); draft.write({ files: draft.state.words.files.filter((file) => file.id !== id) }) }} />
      <Along view={view} note={visibility === 'note'} />
      <WritingFoot view={view} visibility={visibility} draft={draft} sending={sending} waits={uploading.length > 0} add={add} />
    </div>
  )
}

const NONE: never[] = []

/** Whom a note can ask: people and teams. */
function useColleagues(): Colleague[] {
  const [agents, teams] = [useAgents().data, useTeams().data]
  return useMemo(() => [
    ...(agents ?? []).filter(({ deactivated }) => !deactivated).map(({ id, name, email }) => ({ id, name, email: email ?? '' })),
    ...(teams ?? []).filter(({ archivedAt }) => archivedAt === null).map(({ id, name }) => ({ id, name, email: '', team: true as const })),
  ], [agents, teams])
}

const isBlank = ({ state }: WorkingDraft) => state.words.body.trim() === '' && state.words.files.length === 0

function Kinds({ visibility, change }: { visibility: Visibility; change: (visibility: Visibility) => void }) {
  return (
    <div className="desk-kinds" role="group" aria-label="What you write">
      {(['public', 'note'] as const).map((kind) => (
        <button key={kind} type="button" className="desk-kind" aria-pressed={visibility === kind} onClick={() => change(kind)}>{kind === 'public' ? 'Reply' : 'Note'}</button>
      ))}
    </div>
  )
}

function Conflict({ draft }: { draft: WorkingDraft }) {
  if (draft.state.phase !== 'conflict' || !draft.state.theirs) return null
  return (
    <div className="desk-notice desk-notice-soon" role="alert">
      <p>This draft was written on in another window. There it says:</p>
      <blockquote className="desk-notice-text">{draft.state.theirs.words.body.slice(0, 600)}</blockquote>
      <div className="desk-notice-actions"><Button size="small" onClick={draft.keepMine}>Keep what is here</Button><Button size="small" variant="quiet" onClick={draft.takeTheirs}>Take the other one</Button></div>
    </div>
  )
}

/** The reply stands still: something came in that the writer has not seen. It is shown right here. */
function Unseen({ sending }: { sending: Sending }) {
  const { unseen } = sending
  if (!unseen) return null
  return (
    <div className="desk-notice desk-notice-soon" role="alert">
      <p>Not sent: {unseen.length === 1 ? 'a newer message' : `${unseen.length} newer messages`} came in while you were writing.</p>
      {unseen.map(({ id, from, at, text }) => <blockquote key={id} className="desk-notice-text"><strong>{from}</strong> <Time at={at} form="clock" /><Prose text={text} /></blockquote>)}
      <div className="desk-notice-actions">
        <Button size="small" busy={sending.busy} onClick={() => sending.send({ read: true })}>Send anyway after reading</Button>
        <Button size="small" variant="quiet" onClick={sending.forgetUnseen}>Change the reply</Button>
      </div>
    </div>
  )
}

function WritingFoot({ view, visibility, draft, sending, waits, add }: { view: Case; visibility: Visibility; draft: WorkingDraft; sending: Sending; waits: boolean; add: (files: File[]) => void }) {
  const picker = useRef<HTMLInputElement>(null)
  const words = draftWords(draft.state)
  const blank = isBlank(draft) || waits
  return (
    <div className="desk-writing-foot">
      <input ref={picker} type="file" multiple hidden onChange={(event) => { add([...(event.target.files ?? [])]); event.target.value = '' }} aria-hidden="true" tabIndex={-1} />
      <IconButton icon={Paperclip} label="Attach files" size="small" onClick={() => picker.current?.click()} />
      <span className="desk-writing-state" role="status">{draft.state.phase === 'unreachable' ? <Badge tone="soon">{words}</Badge> : words}</span>
      <Menu
        label="Send and" align="end" side="top" items={visibility === 'public' ? [{ command: 'draft.sendSolve' }, { command: 'draft.sendPending' }, { command: 'draft.sendHold' }, 'line', { command: 'draft.discard' }] : [{ command: 'draft.sendSolve' }, 'line', { command: 'draft.discard' }]}
        trigger={<Button variant="quiet" size="small">More</Button>}
      />
      {isUnsolved(view.status) && visibility === 'public' ? <Button size="small" command="draft.sendSolve" disabled={blank}>Send and solve</Button> : null}
      <Button variant="primary" size="small" busy={sending.busy} command="draft.send" disabled={blank}>{visibility === 'note' ? 'Add note' : 'Send'}</Button>
    </div>
  )
}

interface WritingCommands {
  view: Case
  visibility: Visibility
  draft: WorkingDraft
  sending: Sending
  close: () => void
  discard: () => void
}

function useWritingCommands({ view, visibility, draft, sending, close, discard }: WritingCommands) {
  const ready = () => !isBlank(draft)
  const note = visibility === 'note'
  useCommands([
    { id: 'draft.send', name: note ? 'Add the note' : 'Send', keys: ['mod+Enter'], section: 'Write', when: ready, perform: () => sending.send({}) },
    { id: 'draft.sendSolve', name: note ? 'Add the note and solve' : 'Send and solve', keys: ['mod+shift+Enter'], section: 'Write', when: () => ready() && isUnsolved(view.status), perform: () => sending.send({ status: 'solved' }) },
    { id: 'draft.sendPending', name: 'Send and wait for the customer', keys: ['mod+alt+Enter'], section: 'Write', when: () => ready() && !note && isUnsolved(view.status), perform: () => sending.send({ status: 'pending' }) },
    { id: 'draft.sendHold', name: 'Send and put on hold', section: 'Write', when: () => ready() && !note && isUnsolved(view.status), perform: () => sending.send({ status: 'on_hold' }) },
    { id: 'draft.discard', name: 'Discard the draft', keys: ['mod+shift+Backspace'], section: 'Write', when: ready, perform: discard },
    { id: 'draft.leave', name: 'Back to the messages', keys: ['Escape'], section: 'Write', scope: 'composer', hidden: true, perform: close },
  ], [view, visibility, draft, sending, close, discard])
}

/** So long after the last letter one no longer counts as writing. */
const WRITES_MS = 12_000

function useWriting(onWriting: (writing: boolean) => void): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(() => {
    onWriting(true)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => onWriting(false), WRITES_MS)
  }, [onWriting])
}

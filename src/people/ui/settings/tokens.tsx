import { Badge, Button, Checkbox, Dialog, Drawer, Empty, Form, More, Page, Problem, Select, Skeleton, Table, tellRefusal, TextField, Time, toast, useCommands, useMe, useNow, useQueryParams } from '#web'
import { Copy, KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { people, useTokens, type MadeToken, type Role, type Token } from '../wire.ts'
import { roleWords, rolesWords } from '../words.ts'
import { withRole } from './agent-draft.ts'
import { expiries, expiryAt, tokenState, type Expiry } from './token-words.ts'
import { useSaving } from './use-saving.ts'

/** API tokens: programs that act for themselves. */
export function Tokens() {
  const list = useTokens()
  const may = useMe().may('token.change')
  const [{ token: open }, change] = useQueryParams()
  const [made, setMade] = useState<MadeToken | null>(null)
  const [asked, setAsked] = useState<Token | null>(null)
  useCommands([{ id: 'token.new', name: 'New token', keys: ['n'], section: 'Settings', icon: Plus, when: () => may, perform: () => change({ token: 'new' }, { push: true }) }], [may])
  return (
    <Page title="API tokens" detail="A program that uses the API signs in with a token, and may what the token's roles may." actions={may ? <Button command="token.new" variant="primary" icon={Plus} /> : null}>
      {list.error && !list.items ? <Problem error={list.error} what="The list" onRetry={list.retry} /> : list.items ? <List tokens={list.items} may={may} revoke={setAsked} /> : <Skeleton rows={4} />}
      <More when={list.hasMore} load={list.more} />
      {open === 'new' ? <NewToken onClose={() => change({ token: null })} onMade={(token) => { change({ token: null }); setMade(token) }} /> : null}
      {made ? <Made token={made} onClose={() => setMade(null)} /> : null}
      {asked ? <Revoke token={asked} onClose={() => setAsked(null)} /> : null}
    </Page>
  )
}

function List({ tokens, may, revoke }: { tokens: readonly Token[]; may: boolean; revoke: (token: Token) => void }) {
  const now = useNow()
  return (
    <Table
      label="API tokens" rows={tokens} keyOf={({ id }) => id} empty={<Empty icon={KeyRound} title="There are no tokens yet">Make one for each program, so that each can be revoked alone.</Empty>}
      columns={[
        { id: 'name', name: 'Token', cell: (token) => <span className="people-two"><span>{token.name} <State token={token} /></span><span className="people-quiet">{rolesWords(token.roles)}</span></span> },
        { id: 'used', name: 'Last used', width: 140, cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : <span className="people-quiet">never</span>) },
        { id: 'made', name: 'Made', width: 120, wideOnly: true, cell: ({ createdAt }) => <Time at={createdAt} form="date" /> },
        { id: 'ends', name: 'Ends', width: 120, wideOnly: true, cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} form="date" /> : <span className="people-quiet">never</span>) },
        ...(may ? [{ id: 'do', name: '', align: 'right' as const, width: 100, cell: (token: Token) => (tokenState(token, now) === 'works' ? <Button size="small" onClick={() => revoke(token)}>Revoke ...</Button> : null) }] : []),
      ]}
    />
  )
}

function State({ token }: { token: Token }) {
  const state = tokenState(token, useNow())
  return state === 'works' ? null : <Badge>{state === 'revoked' ? 'Revoked' : 'Ended'}</Badge>
}

const order: readonly Role[] = ['admin', 'lead', 'agent', 'analyst', 'planner', 'partner']

function NewToken({ onClose, onMade }: { onClose: () => void; onMade: (token: MadeToken) => void }) {
  const [name, setName] = useState('')
  const [roles, setRoles] = useState<Role[]>(['agent'])
  const [expiry, setExpiry] = useState<Expiry>('never')
  const { problem, busy, save } = useSaving(() => {})
  const submit = () => void save(async () => onMade(await people('POST /api/v1/tokens', { body: { name: name.trim(), roles, expiresAt: expiryAt(expiry, new Date()) } })), 'Token made')
  return (
    <Drawer open onClose={onClose} title="New token" description="It is shown once. Whoever has it may what its roles may, so give it as few as do.">
      <Form label="Token" problem={problem} onSubmit={submit} actions={<><Button onClick={onClose}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={name.trim() === '' || roles.length === 0}>Make the token</Button></>}>
        <TextField label="Name" name="name" hint="Which program it is for, such as Reporting export." value={name} onChange={setName} />
        <fieldset className="people-roles">
          <legend>Roles</legend>
          {order.map((role) => <Checkbox key={role} label={roleWords[role].name} hint={roleWords[role].may} checked={roles.includes(role)} onChange={(on) => setRoles(withRole(roles, role, on, order))} />)}
        </fieldset>
        <Select label="Works until" name="expiresAt" value={expiry} options={expiries} onChange={setExpiry} />
      </Form>
    </Drawer>
  )
}

/** The only moment in which the token can be seen: closing says that it is kept. */
function Made({ token, onClose }: { token: MadeToken; onClose: () => void }) {
  const copy = () => void navigator.clipboard.writeText(token.token).then(() => toast({ text: 'Token copied', tone: 'done' }), () => toast({ text: 'The browser does not let this page copy', tone: 'late' }))
  return (
    <Dialog open onClose={onClose} title={token.name} description="Copy it now: it is kept only as a hash, and nobody can show it again." footer={<><Button icon={Copy} onClick={copy}>Copy the token</Button><Button variant="primary" onClick={onClose}>I have kept it</Button></>}>
      <div className="people-secret"><output aria-label="The token">{token.token}</output></div>
      <p className="people-quiet">Send it as <code>Authorization: Bearer ...</code></p>
    </Dialog>
  )
}

/** Asked before, because a token cannot be brought back. */
function Revoke({ token, onClose }: { token: Token; onClose: () => void }) {
  const revoke = () => void people('DELETE /api/v1/tokens/:id', { params: { id: token.id } }).then(() => { toast({ text: `${token.name} opens nothing any more`, tone: 'done' }); onClose() }, (error: unknown) => tellRefusal(error, 'Not revoked'))
  return (
    <Dialog open size="small" onClose={onClose} title={`Revoke ${token.name}?`} footer={<><Button onClick={onClose}>Cancel</Button><Button variant="danger" onClick={revoke}>Revoke it</Button></>}>
      <p>{token.lastUsedAt ? <>It was last used <Time at={token.lastUsedAt} />. </> : 'It was never used. '}The program that has it gets 401 from now on. This cannot be taken back; a new token takes its place.</p>
    </Dialog>
  )
}

import { Badge, Button, changesBetween, Drawer, Empty, Form, isStale, Link, Select, Stale, TextField, useEdit, useIntent } from '#web'
import { Users } from 'lucide-react'
import { people, useSites, useTeams, type Team } from '../wire.ts'
import { KeptPage, PutAway } from './kept.tsx'
import { Nothing } from './people.tsx'
import { useSaving } from './use-saving.ts'

/** Teams: who works together, and where. */
export function Teams() {
  const sites = useSites().data?.items
  return (
    <KeptPage<Team>
      title="Teams" detail="Who works together. Queues are given to teams; a lead sees what the team has in hand." noun="team" useAll={useTeams}
      empty={<Empty icon={Users} title="There are no teams yet">A team is a name for people who share queues. People are put into it on their own page.</Empty>}
      columns={[
        { id: 'name', name: 'Team', cell: ({ name, archivedAt, demo }) => <span>{name} {archivedAt ? <Badge>Put away</Badge> : null} {demo ? <Badge>Sample</Badge> : null}</span> },
        { id: 'site', name: 'Site', cell: ({ siteId }) => sites?.find(({ id }) => id === siteId)?.name ?? <Nothing /> },
        { id: 'people', name: '', align: 'right', width: 110, cell: ({ id }) => <Link href={`/settings/people?team=${id}`} onClick={(event) => event.stopPropagation()}>Its people</Link> },
      ]}
      drawer={(team, close, readOnly) => <TeamDrawer key={team?.id} team={team} close={close} readOnly={readOnly} />}
    />
  )
}

const draftOf = (team: Team | null) => ({ name: team?.name ?? '', siteId: team?.siteId ?? null })
const names = { name: 'name', site: 'site' }

function TeamDrawer({ team, close, readOnly }: { team: Team | null; close: () => void; readOnly: boolean }) {
  const sites = useSites().data?.items ?? []
  const { seen, draft, set, theirs, mine } = useEdit(team, draftOf)
  const { problem, busy, save, forget } = useSaving(close)
  const intent = useIntent()
  const send = ({ name, siteId }: typeof draft, over: Team | null) => void save(() => {
    const body = { name: name.trim(), siteId }
    return over ? people('PATCH /api/v1/teams/:id', { params: { id: over.id }, body, ifMatch: over.version }) : people('POST /api/v1/teams', { body, idempotencyKey: intent.key(body) })
  }, over ? 'Saved' : `${name.trim()} is added`)
  const said = (one: Team) => ({ name: one.name, site: sites.find(({ id }) => id === one.siteId)?.name ?? null })
  const late = isStale(problem) && seen && team
  return (
    <Drawer open onClose={close} title={team?.name ?? 'Add a team'}>
      <Form label="Team" problem={late ? null : problem} onSubmit={() => send(draft, seen)} actions={readOnly || late ? null : <><Button onClick={close}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={draft.name.trim() === ''}>{team ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Name" name="name" disabled={readOnly} value={draft.name} onChange={(name) => set({ name })} />
        <Select label="Site" disabled={readOnly} value={draft.siteId ?? 'none'} options={[{ value: 'none', label: 'No site' }, ...sites.map((site) => ({ value: site.id, label: site.name }))]} onChange={(id) => set({ siteId: id === 'none' ? null : id })} />
        {late ? <Stale busy={busy} changes={changesBetween(said(seen), said(team), names)} onTheirs={() => { forget(); theirs() }} onMine={() => send(mine(), team)} /> : null}
      </Form>
      {team && !readOnly ? <PutAway kept={team} says="Nobody can be put into it any more. A team that still has people stays." onDone={close} set={(archived) => people('PATCH /api/v1/teams/:id', { params: { id: team.id }, body: { archived } })} /> : null}
    </Drawer>
  )
}

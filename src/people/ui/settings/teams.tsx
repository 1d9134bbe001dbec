import { Badge, Button, Drawer, Empty, Form, Link, Select, TextField, useIntent } from '#web'
import { Users } from 'lucide-react'
import { useState } from 'react'
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
      drawer={(team, close, readOnly) => <TeamDrawer key={`${team?.id} ${team?.version}`} team={team} close={close} readOnly={readOnly} />}
    />
  )
}

function TeamDrawer({ team, close, readOnly }: { team: Team | null; close: () => void; readOnly: boolean }) {
  const sites = useSites().data?.items ?? []
  const [name, setName] = useState(team?.name ?? '')
  const [siteId, setSiteId] = useState(team?.siteId ?? null)
  const { problem, busy, save } = useSaving(close)
  const intent = useIntent()
  const body = { name: name.trim(), siteId }
  const submit = () => void save(() => (team
    ? people('PATCH /api/v1/teams/:id', { params: { id: team.id }, body, ifMatch: team.version })
    : people('POST /api/v1/teams', { body, idempotencyKey: intent.key(body) })), team ? 'Saved' : `${name.trim()} is added`)
  return (
    <Drawer open onClose={close} title={team?.name ?? 'Add a team'}>
      <Form label="Team" problem={problem} onSubmit={submit} actions={readOnly ? null : <><Button onClick={close}>Cancel</Button><Button type="submit" variant="primary" busy={busy} disabled={name.trim() === ''}>{team ? 'Save' : 'Add'}</Button></>}>
        <TextField label="Name" name="name" autoFocus={!team} disabled={readOnly} value={name} onChange={setName} />
        <Select label="Site" disabled={readOnly} value={siteId ?? 'none'} options={[{ value: 'none', label: 'No site' }, ...sites.map((site) => ({ value: site.id, label: site.name }))]} onChange={(id) => setSiteId(id === 'none' ? null : id)} />
      </Form>
      {team && !readOnly ? <PutAway kept={team} says="Nobody can be put into it any more. A team that still has people stays." onDone={close} set={(archived) => people('PATCH /api/v1/teams/:id', { params: { id: team.id }, body: { archived } })} /> : null}
    </Drawer>
  )
}

import { PanelRightClose } from 'lucide-react'
import { IconButton, Section, Slot } from '#web'
import { useCase, useMessages } from '../data.ts'
import { lazy, Suspense } from 'react'
import type { Case } from '../wire.ts'
import { AccountSection, CustomerSection } from './about.tsx'
import { Details } from './details.tsx'
import { Earlier } from './earlier.tsx'
import { FileChip } from '../timeline/attachments.tsx'
import { Links, Participants } from './people.tsx'

const KinPanel = lazy(() => import('../merging/kin-panel.tsx').then(({ KinPanel: component }) => ({ default: component })))

/** What one wants to know beside a case. Upper rooms add theirs by the slot `case.panel` (props: `case`, the whole of it). */
export function CasePanel({ number, onClose }: { number: number; onClose: () => void }) {
  const view = useCase(number).data
  return (
    <div className="desk-panel" data-scope="panel">
      <div className="desk-panel-close"><IconButton icon={PanelRightClose} command="panel.toggle" size="small" onClick={onClose} /></div>
      {view ? <Sections view={view} /> : null}
    </div>
  )
}

function Sections({ view }: { view: Case }) {
  return (
    <>
      <AccountSection view={view} />
      <CustomerSection view={view} />
      <Slot name="case.panel" props={{ case: view }} />
      <Suspense fallback={null}><KinPanel view={view} /></Suspense>
      <Section title="Details" compact><Details view={view} /></Section>
      <Section title="People" compact count={view.participants.length}><Participants view={view} /></Section>
      {view.links.length > 0 ? <Section title="Linked" compact count={view.links.length}><Links view={view} /></Section> : null}
      <Files number={view.number} />
      <Earlier view={view} />
    </>
  )
}

function Files({ number }: { number: number }) {
  const files = (useMessages(number).data ?? []).flatMap(({ attachments }) => attachments.filter(({ inline }) => !inline))
  if (files.length === 0) return null
  return (
    <Section title="Attachments" compact count={files.length}>
      <ul className="desk-panel-files">{files.map((file) => <li key={file.id}><FileChip file={file} href={`/api/v1/attachments/${file.id}/content`} /></li>)}</ul>
    </Section>
  )
}

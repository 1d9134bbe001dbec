import { CornerDownRight, GitMerge } from 'lucide-react'
import { Link, navigate, useMe, useQueryParams } from '#web'
import { useEffect } from 'react'
import { canChange } from '../can-change.ts'
import type { Case } from '../wire.ts'
import { unmerge } from './actions.ts'
import './merging.css'

/** Opening a case that was merged leads to the one where its messages are; a line there says why. */
export function MergedAway({ view }: { view: Case }) {
  const into = view.mergedInto?.number
  useEffect(() => { if (into !== undefined) navigate(`/cases/${into}?merged=${view.number}`, { replace: true }) }, [into, view.number])
  return null
}

/** What one should know above the messages: how one came here, and which problem the case is an incident of. */
export function KinBanner({ view }: { view: Case }) {
  const me = useMe()
  const [params] = useQueryParams()
  const came = view.merges.find(({ number }) => String(number) === params['merged'])
  return (
    <>
      {came ? (
        <p className="kin-banner" role="status">
          <GitMerge size={14} aria-hidden /><span>#{came.number} is merged into this case. <span className="kin-detail">{came.subject}</span></span>
          {me.may('case.merge') && canChange(view) ? <button type="button" className="desk-tool" onClick={() => void unmerge(came.number, view.number, came.number)}>Take it out again</button> : null}
        </p>
      ) : null}
      {view.parent ? (
        <p className="kin-banner">
          <CornerDownRight size={14} aria-hidden /><span>An incident of <Link href={`/cases/${view.parent.number}`}>#{view.parent.number} {view.parent.subject}</Link></span>
        </p>
      ) : null}
    </>
  )
}

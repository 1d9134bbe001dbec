import { lazy, Suspense } from 'react'
import { useCase } from '../data.ts'

const CaseRoutingSection = lazy(() => import('./case-routing.tsx'))

const numberIn = (props: object): number | null => {
  const view: unknown = Object.entries(props).find(([key]) => key === 'case')?.[1]
  return typeof view === 'object' && view !== null && 'number' in view && typeof view.number === 'number' ? view.number : null
}

function Shown({ number }: { number: number }) {
  const view = useCase(number).data
  return view ? <Suspense fallback={null}><CaseRoutingSection view={view} /></Suspense> : null
}

/** Routing's part of the case's panel. */
export function CaseRoutingFill(props: object) {
  const number = numberIn(props)
  return number === null ? null : <Shown number={number} />
}

import { createContext, useContext } from 'react'
import type { Fill } from './room.ts'

const Fills = createContext<readonly Fill[]>([])
export const FillsProvider = Fills.Provider

/** A hole in a screen, which upper rooms fill: `<Slot name="case.panel" props={{ number }} />`. Fills come in their order. */
export function Slot<P extends object>({ name, props }: { name: string; props: P }) {
  const fills = useContext(Fills).filter((fill) => fill.slot === name).sort((a, b) => a.order - b.order)
  return fills.map((fill) => <fill.component key={fill.id} {...props} />)
}

import { useEffect, useState, type ComponentType } from 'react'
import { useCell } from '../cell.ts'
import { asked, helpOpen } from '../commands/registry.ts'
import { toast } from '../parts/toasts.ts'

type Load = () => Promise<{ default: ComponentType }>

const palette: Load = () => import('../commands/palette.tsx')
const help: Load = () => import('../commands/help.tsx')

/** Palette and help, which are no part of what the first screen needs; they are fetched once it has come to rest, so that their keys answer at once. */
export function Overlays() {
  useEffect(() => {
    const fetchBoth = () => { void Promise.all([palette(), help()]).catch(() => { /* out of reach: tried again when asked for */ }) }
    const timer = setTimeout(fetchBoth, 600)
    return () => clearTimeout(timer)
  }, [])
  const [palettes, helps] = [useCell(asked) !== null, useCell(helpOpen)]
  return <>{palettes ? <Overlay load={palette} close={() => asked.set(null)} /> : null}{helps ? <Overlay load={help} close={() => helpOpen.set(false)} /> : null}</>
}

function Overlay({ load, close }: { load: Load; close: () => void }) {
  const [Shown, setShown] = useState<ComponentType | null>(null)
  useEffect(() => {
    load().then((loaded) => setShown(() => loaded.default), () => { close(); toast({ text: 'This part is not loaded yet, and the server cannot be reached right now', tone: 'late' }) })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- loaded once, when asked for
  }, [])
  return Shown ? <Shown /> : null
}

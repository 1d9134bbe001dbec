import { useState } from 'react'
import { useCell } from '../cell.ts'
import { Kbd } from '../parts/kbd.tsx'
import { Dialog } from '../parts/over.tsx'
import type { Command } from './model.ts'
import { availableCommands, helpOpen } from './registry.ts'

/** Every key that does something here, made from the commands themselves. */
export default function Help() {
  const open = useCell(helpOpen)
  return <Dialog open={open} onClose={() => helpOpen.set(false)} title="Keys" description="What the keyboard does on this screen. All of it is also in the palette." size="large"><Keys /></Dialog>
}

function Keys() {
  const [sections] = useState(() => [...Map.groupBy(availableCommands(null).filter((command) => command.keys?.length), (command) => command.section ?? 'Here')])
  return (
    <div className="help">
      {sections.map(([name, commands]) => (
        <section key={name} className="help-section" aria-label={name}>
          <h3 className="help-heading">{name}</h3>
          <dl>{commands.map((command) => <Line key={command.id} command={command} />)}</dl>
        </section>
      ))}
    </div>
  )
}

function Line({ command }: { command: Command }) {
  return (
    <div className="help-line">
      <dt>{command.name}</dt>
      <dd>{command.keys?.map((keys) => <Kbd key={keys} keys={keys} />)}</dd>
    </div>
  )
}

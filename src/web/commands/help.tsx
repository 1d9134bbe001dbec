import { Search } from 'lucide-react'
import { useState } from 'react'
import { useCell } from '../cell.ts'
import { Kbd } from '../parts/kbd.tsx'
import { Dialog } from '../parts/over.tsx'
import { TextField } from '../parts/text.tsx'
import { fuzzy } from './fuzzy.ts'
import type { Command } from './model.ts'
import { availableCommands, helpOpen } from './registry.ts'

/** Every key that does something here, made from the commands themselves. */
export default function Help() {
  const open = useCell(helpOpen)
  return <Dialog open={open} onClose={() => helpOpen.set(false)} title="Keys" description="What the keyboard does on this screen. All of it is also in the palette." size="large"><Keys /></Dialog>
}

function Keys() {
  const [commands] = useState(() => availableCommands(null).filter((command) => command.keys?.length))
  const [text, setText] = useState('')
  const sections = [...Map.groupBy(fuzzy(commands, text, ({ name, section, words }) => `${name} ${section ?? ''} ${words ?? ''}`), (command) => command.section ?? 'Here')]
  return (
    <div className="help-body">
      <TextField label="Find a key" hideLabel icon={Search} placeholder="Find a key" value={text} onChange={setText} />
      {sections.length === 0 ? <p className="quiet">No key does that here.</p> : null}
      <div className="help">
        {sections.map(([name, entries]) => (
          <section key={name} className="help-section" aria-label={name}>
            <h3 className="help-heading">{name}</h3>
            <dl>{entries.map((command) => <Line key={command.id} command={command} />)}</dl>
          </section>
        ))}
      </div>
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

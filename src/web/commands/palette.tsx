import { Command as Cmdk } from 'cmdk'
import { Check, ChevronRight } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import { useCell } from '../cell.ts'
import { inWords } from '../api/problem.ts'
import { useFocusReturn } from '../parts/focus.ts'
import { Kbd } from '../parts/kbd.tsx'
import { fit } from './fuzzy.ts'
import type { Choice, Choices, Command } from './model.ts'
import { asked, availableCommands, recentCommands, run } from './registry.ts'

/** A level of the palette: all commands, or the choices that a command or a choice before asks for. */
interface Level { name: string; choices: Choices; typed?: Command['typed'] }

const levelOf = ({ name, question, typed }: Command, choices: Choices): Level => ({ name: question ?? name, choices, typed })

/** Everything that can be done now, found by a few letters; also the picker of commands that ask for one of many. */
export default function Palette() {
  const what = useCell(asked)
  const focus = useFocusReturn()
  const close = () => asked.set(null)
  return (
    <Radix.Root open={what !== null} onOpenChange={(open) => { if (!open) close() }}>
      <Radix.Portal>
        <Radix.Overlay className="veil veil-light" />
        <Radix.Content className="palette" {...focus} aria-describedby={undefined}>
          <Radix.Title className="unseen">Commands</Radix.Title>
          {what === null ? null : <Body key={what === 'all' ? 'all' : what.id} from={what} close={close} />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Body({ from, close }: { from: Command | 'all'; close: () => void }) {
  const [levels, setLevels] = useState<readonly Level[]>(from === 'all' || !from.choices ? [] : [levelOf(from, from.choices)])
  const [search, setSearch] = useState('')
  // What could be done before the palette took the focus.
  const [commands] = useState(() => availableCommands().filter((command) => !command.hidden && command.id !== 'palette.open'))
  const level = levels.at(-1)
  const go = (next: readonly Level[]) => { setLevels(next); setSearch('') }
  const back = () => { if (levels.length > 1 || (levels.length === 1 && from === 'all')) go(levels.slice(0, -1)); else close() }
  const begin = (command: Command) => { if (command.choices) go([...levels, levelOf(command, command.choices)]); else { close(); run(command) } }
  const choose = (choice: Choice) => { if (choice.choices) go([...levels, { name: choice.name, choices: choice.choices }]); else { close(); choice.perform?.() } }
  return (
    <Cmdk
      label={level?.name ?? 'Commands'} loop filter={(value, text, words) => fit([value, ...(words ?? [])].join(' '), text)}
      onKeyDown={(event) => { if (event.key === 'Backspace' && search === '' && levels.length > 0) { event.preventDefault(); back() } }}
    >
      {level ? <p className="palette-level">{level.name}</p> : null}
      <Cmdk.Input className="palette-input" value={search} onValueChange={setSearch} placeholder={level ? 'Choose ...' : 'What do you want to do?'} />
      <Cmdk.List className="palette-list">
        {level ? <ChoiceRows level={level} search={search} choose={choose} /> : <CommandRows commands={commands} search={search} begin={begin} choose={choose} />}
      </Cmdk.List>
      <p className="palette-foot"><Kbd keys="ArrowUp" /><Kbd keys="ArrowDown" /> to move <Kbd keys="Enter" /> to do it <Kbd keys="Escape" /> to leave</p>
    </Cmdk>
  )
}

function CommandRows({ commands, search, begin, choose }: { commands: readonly Command[]; search: string; begin: (command: Command) => void; choose: (choice: Choice) => void }) {
  const recent = useCell(recentCommands).map((id) => commands.find((command) => command.id === id)).filter((command) => command !== undefined)
  const sections = useMemo(() => [...Map.groupBy(commands, (command) => command.section ?? 'Here')], [commands])
  // What is no command's name may be something's own: the number of a case.
  const others = search.trim() === '' ? [] : commands.flatMap((command) => (command.choices ? [] : command.typed?.(search) ?? []))
  return (
    <>
      {others.length > 0 ? null : <Cmdk.Empty className="palette-nothing">No command fits these letters.</Cmdk.Empty>}
      {search === '' && recent.length > 0 ? <Cmdk.Group heading="Recent">{recent.map((command) => <CommandRow key={command.id} value={`${command.name} (recent)`} command={command} begin={begin} />)}</Cmdk.Group> : null}
      {sections.map(([name, entries]) => (
        <Cmdk.Group key={name} heading={name}>{entries.map((command) => <CommandRow key={command.id} value={command.name} command={command} begin={begin} />)}</Cmdk.Group>
      ))}
      {others.length > 0 ? <Cmdk.Group forceMount>{others.map((choice) => <ChoiceRow key={choice.id} choice={choice} choose={choose} always />)}</Cmdk.Group> : null}
    </>
  )
}

function CommandRow({ value, command, begin }: { value: string; command: Command; begin: (command: Command) => void }) {
  const Drawn = command.icon
  return (
    <Cmdk.Item className="palette-item" value={value} keywords={[command.section ?? '', command.words ?? '']} onSelect={() => begin(command)}>
      <span className="palette-icon">{Drawn ? <Drawn size={16} aria-hidden /> : null}</span>
      <span className="palette-name">{command.name}</span>
      {command.choices ? <ChevronRight size={14} aria-hidden className="palette-more" /> : null}
      {command.keys?.[0] ? <Kbd keys={command.keys[0]} /> : null}
    </Cmdk.Item>
  )
}

function ChoiceRows({ level: { choices, typed }, search, choose }: { level: Level; search: string; choose: (choice: Choice) => void }) {
  const [found, setFound] = useState<readonly Choice[] | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    Promise.resolve().then(choices).then((list) => { if (current) setFound(list) }, (error: unknown) => { if (current) setFailed(inWords(error)) })
    return () => { current = false }
  }, [choices])
  const other = (search.trim() !== '' && typed?.(search)) || null
  if (failed) return <p className="palette-nothing" role="alert">{failed}</p>
  if (found === null) return <p className="palette-nothing palette-waits">Fetching ...</p>
  return (
    <>
      {other ? null : <Cmdk.Empty className="palette-nothing">{found.length === 0 ? 'There is nothing to choose from.' : 'Nothing fits these letters.'}</Cmdk.Empty>}
      <Cmdk.Group forceMount={other !== null}>
        {found.map((choice) => <ChoiceRow key={choice.id} choice={choice} choose={choose} />)}
        {other && !found.some(({ id }) => id === other.id) ? <ChoiceRow choice={other} choose={choose} always /> : null}
      </Cmdk.Group>
    </>
  )
}

/** @param always stands there whatever is typed, below what fits. */
function ChoiceRow({ choice, choose, always = false }: { choice: Choice; choose: (choice: Choice) => void; always?: boolean }) {
  const Drawn = choice.icon
  return (
    <Cmdk.Item className="palette-item" value={`${choice.name} ${choice.id}`} keywords={[choice.detail ?? '']} forceMount={always} onSelect={() => choose(choice)}>
      <span className="palette-icon">{Drawn ? <Drawn size={16} aria-hidden /> : null}</span>
      <span className="palette-name">{choice.name}</span>
      {choice.detail ? <span className="palette-detail">{choice.detail}</span> : null}
      {choice.current ? <Check size={14} aria-label="now" /> : null}
    </Cmdk.Item>
  )
}

import { Check, ChevronRight } from 'lucide-react'
import { DropdownMenu as Radix } from 'radix-ui'
import { Fragment, type ReactElement, type ReactNode } from 'react'
import { run } from '../commands/registry.ts'
import { useCommand } from '../commands/use.ts'
import type { Icon } from '../room.ts'
import { classes } from './classes.ts'
import { Kbd } from './kbd.tsx'

export type MenuItem =
  | 'line'
  | { heading: string }
  /** As the command says: its name, its icon, its key. Left out while it cannot be done. */
  | { command: string }
  | { name: string; perform: () => void; icon?: Icon; keys?: string; detail?: string; danger?: boolean; disabled?: boolean; checked?: boolean }
  | { name: string; icon?: Icon; items: readonly MenuItem[] }

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement
  items: readonly MenuItem[]
  label?: string
  align?: 'start' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  header?: ReactNode
}

/** What can be done with a thing, behind a button. */
export function Menu({ trigger, items, label, align = 'start', side = 'bottom', header }: MenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="floats menu" align={align} side={side} sideOffset={4} collisionPadding={8} aria-label={label}>
          {header}
          <Items items={items} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Items({ items }: { items: readonly MenuItem[] }) {
  // eslint-disable-next-line react/no-array-index-key -- items have no identity of their own; the menu is drawn anew each time it opens
  return items.map((item, index) => <Fragment key={index}><Item item={item} /></Fragment>)
}

function Item({ item }: { item: MenuItem }) {
  if (item === 'line') return <Radix.Separator className="menu-line" />
  if ('heading' in item) return <Radix.Label className="menu-heading">{item.heading}</Radix.Label>
  if ('command' in item) return <CommandItem id={item.command} />
  if ('items' in item) return <SubMenu {...item} />
  const words = <Words icon={item.icon} name={item.name} detail={item.detail} keys={item.keys} />
  const shape = { className: classes('menu-item', item.danger && 'menu-item-danger'), onSelect: item.perform, ...(item.disabled ? { disabled: true } : {}) }
  if (item.checked === undefined) return <Radix.Item {...shape}>{words}</Radix.Item>
  return <Radix.CheckboxItem {...shape} checked={item.checked}>{words}<Radix.ItemIndicator className="menu-check"><Check size={14} aria-hidden /></Radix.ItemIndicator></Radix.CheckboxItem>
}

function CommandItem({ id }: { id: string }) {
  const command = useCommand(id)
  if (!command || command.when?.() === false) return null
  return <Radix.Item className="menu-item" onSelect={() => setTimeout(() => run(command))}><Words icon={command.icon} name={command.name} keys={command.keys?.[0]} /></Radix.Item>
}

function SubMenu({ name, icon, items }: { name: string; icon?: Icon; items: readonly MenuItem[] }) {
  return (
    <Radix.Sub>
      <Radix.SubTrigger className="menu-item"><Words icon={icon} name={name} /><ChevronRight size={14} aria-hidden className="menu-check" /></Radix.SubTrigger>
      <Radix.Portal><Radix.SubContent className="floats menu" collisionPadding={8}><Items items={items} /></Radix.SubContent></Radix.Portal>
    </Radix.Sub>
  )
}

function Words({ icon: Drawn, name, detail, keys }: { icon?: Icon | undefined; name: string; detail?: string | undefined; keys?: string | undefined }) {
  return <>{Drawn ? <Drawn size={15} aria-hidden /> : null}<span>{name}</span>{detail ? <span className="menu-detail">{detail}</span> : null}{keys ? <span className="menu-keys"><Kbd keys={keys} /></span> : null}</>
}

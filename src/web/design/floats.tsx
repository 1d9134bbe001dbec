import { ChevronDown, CornerUpRight, Tag as TagIcon, Trash2, UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../parts/button.tsx'
import { Menu } from '../parts/menu.tsx'
import { Dialog, Drawer, Popover } from '../parts/over.tsx'
import { toast } from '../parts/toasts.ts'
import { Tooltip } from '../parts/tooltip.tsx'

export function Floats() {
  const [open, setOpen] = useState<'dialog' | 'drawer' | null>(null)
  const close = () => setOpen(null)
  return (
    <div className="design-row">
      <Menu
        label="The case" trigger={<Button icon={ChevronDown}>Menu</Button>}
        items={[
          { name: 'Assign to ...', icon: UserRound, keys: 'a', perform: () => {} }, { name: 'Hand over ...', icon: CornerUpRight, keys: 'shift+h', perform: () => {} },
          { name: 'Tags', icon: TagIcon, items: [{ name: 'refund', checked: true, perform: () => {} }, { name: 'bank', checked: false, perform: () => {} }] },
          'line', { name: 'To the trash', icon: Trash2, danger: true, perform: () => {} },
        ]}
      />
      <Popover label="About it" trigger={<Button>Popover</Button>}><p>Something small beside the button that opens it.</p></Popover>
      <Tooltip text="Assign to yourself" keys="i"><Button>Tooltip</Button></Tooltip>
      <Button onClick={() => setOpen('dialog')}>Dialog</Button>
      <Button onClick={() => setOpen('drawer')}>Drawer</Button>
      <Button onClick={() => toast({ text: 'Case 10482 is solved', tone: 'done', undo: () => toast({ text: 'It is open again' }) })}>Toast</Button>
      <Button onClick={() => toast({ text: 'Not assigned: somebody changed this in the meantime', tone: 'late' })}>Refusal</Button>
      <Dialog open={open === 'dialog'} onClose={close} title="Discard 3 dead letters?" description="They are not tried again, and cannot be brought back." footer={<><Button variant="quiet" onClick={close}>Keep them</Button><Button variant="danger" onClick={close}>Discard 3</Button></>} />
      <Drawer open={open === 'drawer'} onClose={close} title="New mailbox" description="An address that customers write to."><p>More than a dialog holds.</p></Drawer>
    </div>
  )
}

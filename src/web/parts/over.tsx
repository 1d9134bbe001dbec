import { X } from 'lucide-react'
import { Dialog as RadixDialog, Popover as RadixPopover } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { useBarrier } from '../commands/use.ts'
import { IconButton } from './button.tsx'
import { classes } from './classes.ts'
import { useFocusReturn } from './focus.ts'

export interface PopoverProps {
  trigger: ReactElement
  /** What it is, for those who hear it. */
  label: string
  children: ReactNode
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'center' | 'end'
}

/** Something small beside the button that opens it. */
export function Popover({ trigger, label, children, open, onOpenChange, align = 'start' }: PopoverProps) {
  return (
    <RadixPopover.Root {...(open === undefined ? {} : { open })} {...(onOpenChange ? { onOpenChange } : {})}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content className="floats popover" align={align} sideOffset={4} collisionPadding={8} aria-label={label}>{children}</RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  )
}

export interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  /** A sentence below the title. */
  description?: ReactNode
  children?: ReactNode
  /** The buttons; the one that does it last. */
  footer?: ReactNode
  size?: 'small' | 'medium' | 'large'
}

/** Lies over everything and asks for an answer. Escape and a click beside it close it; the focus returns to where it was. */
export function Dialog({ size = 'medium', ...props }: DialogProps) {
  return <Over {...props} className={classes('dialog', `dialog-${size}`)} />
}

/** Slides in at the right edge, for more than a dialog holds. */
export function Drawer(props: Omit<DialogProps, 'size'>) {
  return <Over {...props} className="drawer" />
}

function Over({ open, onClose, title, description, children, footer, className }: DialogProps & { className: string }) {
  const focus = useFocusReturn()
  return (
    <RadixDialog.Root open={open} onOpenChange={(next) => { if (!next) onClose() }}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="veil" />
        <RadixDialog.Content className={className} {...focus} {...(description ? {} : { 'aria-describedby': undefined })}>
          <Barrier />
          <header className="over-head">
            <div>
              <RadixDialog.Title className="over-title">{title}</RadixDialog.Title>
              {description ? <RadixDialog.Description className="over-description">{description}</RadixDialog.Description> : null}
            </div>
            <RadixDialog.Close asChild><IconButton icon={X} label="Close" keys="Escape" /></RadixDialog.Close>
          </header>
          <div className="over-body">{children}</div>
          {footer ? <footer className="over-foot">{footer}</footer> : null}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}

function Barrier() {
  useBarrier()
  return null
}

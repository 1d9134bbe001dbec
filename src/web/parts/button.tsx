import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { ariaKeys } from '../commands/model.ts'
import { isMac, runCommand } from '../commands/registry.ts'
import { useCommand } from '../commands/use.ts'
import type { Icon } from '../room.ts'
import { classes } from './classes.ts'
import { Tooltip } from './tooltip.tsx'

type Native = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'>

export interface ButtonProps extends Native {
  children?: ReactNode
  /** `primary` is the one thing to do on this screen. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'small' | 'medium'
  icon?: Icon
  /** It is being done: the button stays where it is and takes no second click. */
  busy?: boolean
  /** Does this command, and shows its key in the tooltip. */
  command?: string
  ref?: Ref<HTMLButtonElement>
}

/** A button with a word on it. */
export function Button({ variant = 'secondary', size = 'medium', icon: Drawn, busy, command, children, className, onClick, disabled, ...rest }: ButtonProps) {
  const known = useCommand(command)
  const keys = known?.keys?.[0]
  const button = (
    <button
      type="button" {...rest} {...(keys ? { 'aria-keyshortcuts': ariaKeys(keys, isMac) } : {})} className={classes('button', `button-${variant}`, size === 'small' && 'button-small', className)}
      aria-busy={busy || undefined} disabled={disabled} onClick={busy ? undefined : onClick ?? (command ? () => runCommand(command) : undefined)}
    >
      {Drawn ? <Drawn size={15} aria-hidden /> : null}
      <span className="button-word">{children ?? known?.name}</span>
    </button>
  )
  return keys ? <Tooltip text={known.name} keys={keys}>{button}</Tooltip> : button
}

export interface IconButtonProps extends Native {
  icon: Icon
  /** Its name: read aloud, and shown as tooltip. The command's name when not given. */
  label?: string
  command?: string
  keys?: string
  size?: 'small' | 'medium'
  /** It stands for something that is on. */
  pressed?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A button with a sign on it, and its name and key in the tooltip. */
export function IconButton({ icon: Drawn, label, command, keys, size = 'medium', pressed, className, onClick, ...rest }: IconButtonProps) {
  const known = useCommand(command)
  const [name, key] = [label ?? known?.name ?? '', keys ?? known?.keys?.[0]]
  return (
    <Tooltip text={name} {...(key ? { keys: key } : {})}>
      <button
        type="button" {...rest} aria-label={name} {...(pressed === undefined ? {} : { 'aria-pressed': pressed })} {...(key ? { 'aria-keyshortcuts': ariaKeys(key, isMac) } : {})}
        className={classes('button', 'button-quiet', 'button-icon', size === 'small' && 'button-small', className)} onClick={onClick ?? (command ? () => runCommand(command) : undefined)}
      >
        <Drawn size={size === 'small' ? 14 : 16} aria-hidden />
      </button>
    </Tooltip>
  )
}

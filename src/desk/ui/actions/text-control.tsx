import { Braces } from 'lucide-react'
import { Button, Menu, TextArea } from '#web'
import { useRef } from 'react'
import { variables } from '../../snippets/model.ts'

interface TextControlProps {
  label: string
  value: string
  onChange: (next: string) => void
  disabled?: boolean
  hint?: string
}

/** A text in which variables can stand, with a menu that puts them in at the cursor. */
export function TextControl({ label, value, onChange, disabled, hint }: TextControlProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const put = (name: string) => {
    const [from, to] = [area.current?.selectionStart ?? value.length, area.current?.selectionEnd ?? value.length]
    onChange(`${value.slice(0, from)}{{${name}}}${value.slice(to)}`)
    const caret = from + name.length + 4
    // After the menu has given the focus back to its button.
    setTimeout(() => { area.current?.focus(); area.current?.setSelectionRange(caret, caret) })
  }
  return (
    <div className="desk-deed-text">
      <TextArea ref={area} label={label} hideLabel value={value} onChange={onChange} rows={4} {...(disabled ? { disabled } : {})} {...(hint ? { hint } : {})} placeholder="Hello {{customer.firstName|there}}, …" />
      {disabled ? null : <Menu label="Variables" trigger={<Button size="small" variant="quiet" icon={Braces}>Variable</Button>} items={variables.map(({ name, says }) => ({ name, detail: says, perform: () => put(name) }))} />}
    </div>
  )
}

import { useState } from 'react'

interface FocusHandlers {
  onOpenAutoFocus: (event: Event) => void
  onCloseAutoFocus: (event: Event) => void
}

/**
 * For what lies over the screen: the focus goes into its first field, where there is none onto the whole, so that nothing looks chosen; and afterwards
 * back to where it was, unless what was done inside has put it somewhere itself.
 */
export const useFocusReturn = (): FocusHandlers => useState(focusHandlers)[0]

function focusHandlers(): FocusHandlers {
  let before: Element | null = null
  return {
    onOpenAutoFocus: (event) => {
      before = document.activeElement
      const over = event.target
      if (!(over instanceof HTMLElement)) return
      event.preventDefault()
      const field = over.querySelector('input:not([type="hidden"], :disabled), textarea:not(:disabled)')
      if (field instanceof HTMLElement) field.focus()
      else over.focus()
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault()
      const now = document.activeElement
      if ((now === null || now === document.body) && before instanceof HTMLElement && before.isConnected) before.focus()
    },
  }
}

/** For a field that appears because it was asked for, as its `ref`: it takes the focus once, when it appears. */
export function takeFocus(field: HTMLElement | null): void {
  field?.focus()
}

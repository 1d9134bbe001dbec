import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export interface Tab<V extends string = string> {
  value: V
  label: string
  count?: number
  content?: ReactNode
}

/** Views of one thing beside each other. With `content` the tabs show it; without, the caller does. */
export function Tabs<V extends string>({ value, onChange, tabs, label }: { value: V; onChange: (value: V) => void; tabs: readonly Tab<V>[]; label: string }) {
  const choose = (text: string) => {
    const tab = tabs.find((candidate) => candidate.value === text)
    if (tab) onChange(tab.value)
  }
  return (
    <Radix.Root value={value} onValueChange={choose} className="tabs">
      <Radix.List className="tabs-list" aria-label={label}>
        {tabs.map((tab) => <Radix.Trigger key={tab.value} value={tab.value} className="tab" {...(tab.content === undefined ? { 'aria-controls': undefined } : {})}>{tab.label}{tab.count === undefined ? null : <span className="tab-count figure">{tab.count}</span>}</Radix.Trigger>)}
      </Radix.List>
      {tabs.map((tab) => (tab.content === undefined ? null : <Radix.Content key={tab.value} value={tab.value} className="tab-content">{tab.content}</Radix.Content>))}
    </Radix.Root>
  )
}

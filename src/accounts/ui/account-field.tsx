import { Combobox } from '#web'
import { useState } from 'react'
import { useAccount, useFoundAccounts } from './wire.ts'
import { segmentNames } from './words.ts'

/** One of the accounts, found by how its name begins. */
export function AccountField({ value, onChange }: { value: string | null; onChange: (id: string | null) => void }) {
  const [text, search] = useState('')
  const chosen = useAccount(value).data
  const found = useFoundAccounts(text)
  const options = [...(chosen && !found.data?.items.some(({ id }) => id === chosen.id) ? [chosen] : []), ...(found.data?.items ?? [])]
  return (
    <Combobox
      label="Account" name="accountId" clearable placeholder="None; search by name" hint="Cases keep the account that they were opened for." value={value} onChange={onChange} onSearch={search}
      busy={found.isFetching} nothing="No account begins so" options={options.map(({ id, name, segment }) => ({ value: id, label: name, detail: segmentNames[segment] }))}
    />
  )
}

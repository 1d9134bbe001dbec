import { useMemo } from 'react'
import { useLocation as useWouterLocation, useSearchParams } from 'wouter'

export { Link, useParams } from 'wouter'
export { navigate } from 'wouter/use-browser-location'

/** The path now, without the query, and the way to another. */
export const useLocation = (): [path: string, go: (to: string, how?: { replace?: boolean }) => void] => {
  const [path, go] = useWouterLocation()
  return [path, go]
}

/** What follows the `?`, as a record, and a change to it; null takes a name away. Without `push` the browser's Back skips the change. */
export function useQueryParams(): [params: Readonly<Record<string, string | undefined>>, change: (changes: Record<string, string | null>, how?: { push?: boolean }) => void] {
  const [search, setSearch] = useSearchParams()
  const params = useMemo(() => Object.fromEntries(search), [search])
  const change = (changes: Record<string, string | null>, how: { push?: boolean } = {}) => setSearch((before) => {
    const next = new URLSearchParams(before)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) next.delete(name)
      else next.set(name, value)
    }
    return next
  }, { replace: !how.push })
  return [params, change]
}

import { QueryClient, replaceEqualDeep, type QueryKey } from '@tanstack/react-query'
import { toast } from '../parts/toasts.ts'
import { keepEtag } from './client.ts'
import { ApiProblem, inWords, mayPass } from './problem.ts'

/** What was seen before shows at once; live facts say what is old, so time alone makes nothing stale. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5 * 60_000, gcTime: 30 * 60_000, refetchOnWindowFocus: false, networkMode: 'always',
      retry: (count, error) => count < 6 && mayPass(error),
      retryDelay: (count) => Math.min(15_000, 500 * 2 ** count) * (0.8 + Math.random() * 0.4),
      structuralSharing: (before, after) => keepEtag(after, replaceEqualDeep(before, after)),
    },
    mutations: { retry: false, networkMode: 'always', onError: (error) => tellRefusal(error) },
  },
})

/** A refusal that no form shows is told as a toast, in words. */
export function tellRefusal(error: unknown, whatFailed?: string): void {
  if (error instanceof ApiProblem && error.code === 'signIn.needed') return
  toast({ text: whatFailed ? `${whatFailed}: ${inWords(error)}` : inWords(error), tone: 'late' })
}

interface OptimisticChange<T> {
  /** Which queries show it: every key that begins so. */
  keys: readonly QueryKey[]
  /** The data as it will be; undefined leaves the entry alone. */
  apply: (before: T) => T | undefined
  /** The request itself. */
  send: () => Promise<unknown>
  /** Said before the reason when it is refused: "Not assigned". */
  refused: string
}

/**
 * Shows a change before the server has agreed, and takes it back visibly when it is refused.
 * Live facts bring the server's own truth afterwards. @returns whether it held.
 */
export async function optimistic<T>({ keys, apply, send, refused }: OptimisticChange<T>): Promise<boolean> {
  await Promise.all(keys.map((queryKey) => queries.cancelQueries({ queryKey })))
  const before = keys.flatMap((queryKey) => queries.getQueriesData<T>({ queryKey }))
  for (const [key, data] of before) {
    const after = data === undefined ? undefined : apply(data)
    if (after !== undefined) queries.setQueryData(key, after)
  }
  try {
    await send()
    return true
  } catch (error) {
    for (const [key, data] of before) queries.setQueryData(key, data)
    tellRefusal(error, refused)
    for (const queryKey of keys) void queries.invalidateQueries({ queryKey })
    return false
  }
}

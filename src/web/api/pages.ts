import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query'

interface PageAnswer<T> {
  items: T[]
  nextCursor: string | null
}

export interface Pages<T> {
  /** Undefined until the first page is there. */
  items: T[] | undefined
  error: unknown
  retry: () => void
  more: () => void
  hasMore: boolean
  loadingMore: boolean
}

/** A list of the API that grows by pages as its end comes into sight; what was there stays in sight until another filter's answer has come. */
export function usePages<T>(queryKey: QueryKey, load: (page: { limit: number; cursor?: string }, signal: AbortSignal) => Promise<PageAnswer<T>>, limit = 50): Pages<T> {
  const query = useInfiniteQuery({
    queryKey, initialPageParam: '',
    queryFn: ({ pageParam, signal }) => load({ limit, ...(pageParam ? { cursor: pageParam } : {}) }, signal),
    getNextPageParam: (last: PageAnswer<T>) => last.nextCursor ?? undefined,
    placeholderData: (before) => before,
  })
  return {
    items: query.data?.pages.flatMap((page) => page.items), error: query.error, retry: () => void query.refetch(),
    more: () => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage() }, hasMore: query.hasNextPage, loadingMore: query.isFetchingNextPage,
  }
}

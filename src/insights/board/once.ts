/** Reads at most once in a while, however many ask: a hundred open boards cost one. Those who ask while it is read wait for the same. */
export function once<T>(lastsMs: number, read: () => Promise<T>, now: () => number = Date.now): () => Promise<T> {
  let under: Promise<T> | null = null
  let kept: { until: number; value: T } | null = null
  return async () => {
    if (kept && now() < kept.until) return kept.value
    under ??= read().then((value) => { kept = { until: now() + lastsMs, value }; return value }).finally(() => { under = null })
    return under
  }
}

/** The same for each of a few keys; the ones that nobody asked for longest are forgotten. */
export function onceEach<T>(lastsMs: number, keysMax: number, read: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const readers = new Map<string, () => Promise<T>>()
  return (key) => {
    const reader = readers.get(key) ?? once(lastsMs, () => read(key))
    readers.delete(key)
    readers.set(key, reader)
    const [oldest] = readers.keys()
    if (readers.size > keysMax && oldest !== undefined) readers.delete(oldest)
    return reader()
  }
}

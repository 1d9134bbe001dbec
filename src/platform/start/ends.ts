/** What was opened and how it ends, so that a start that fails half-way, and a program that stops, leave nothing running. */
export interface Ends {
  /** What opens when everything was ended already (told to stop while starting) ends at once. */
  add(end: () => Promise<void> | void): void
  /** Ends everything, the last opened first. One that fails to end keeps none of the others running. Safe to call twice. */
  all(): Promise<void>
}

/** An empty list of things to end. */
export function openEnds(): Ends {
  const ends: (() => Promise<void> | void)[] = []
  let over: Promise<void> | null = null
  const endAll = async () => { for (let end = ends.pop(); end; end = ends.pop()) await (async () => end?.())().catch(() => {}) }
  return {
    add: (end) => {
      ends.push(end)
      if (over) over = over.then(endAll)
    },
    all: async () => {
      over ??= endAll()
      for (let waited: Promise<void> | null = null; waited !== over;) {
        waited = over
        await waited
      }
    },
  }
}

import { system, type Actor } from './actor.ts'
import type { Db } from './db/database.ts'
import type { Perform } from './work/work.ts'

/** Work that comes due by the clock at any second: every instance looks, and what each takes it locks for itself (`for update skip locked`). */
export interface Tick {
  name: string
  everyMs: number
  run(tools: { db: Db; perform: Perform; actor: Actor }): Promise<void>
}

export interface Ticking {
  /** Looks at once, for what somebody just made due. */
  poke(name: string): void
  stop(): Promise<void>
}

/** Starts the ticks of this instance. A run that takes longer than its pause delays the next one; none runs twice at a time. */
export function startTicks({ db, perform, ticks, fault }: { db: Db; perform: Perform; ticks: readonly Tick[]; fault: (error: unknown, name: string) => void }): Ticking {
  const running = new Map(ticks.map((tick) => [tick.name, startOne(() => tick.run({ db, perform, actor: system(tick.name) }).catch((error: unknown) => fault(error, tick.name)), tick.everyMs)]))
  return { poke: (name) => running.get(name)?.poke(), stop: async () => { await Promise.all([...running.values()].map((one) => one.stop())) } }
}

function startOne(run: () => Promise<void>, everyMs: number) {
  let stopped = false
  let poked = false
  let wake: () => void = () => {}
  const loop = (async () => {
    while (!stopped) {
      poked = false
      await run()
      if (!poked && !stopped) await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs)
        wake = () => { clearTimeout(timer); resolve() }
      })
    }
  })()
  return { poke: () => { poked = true; wake() }, stop: async () => { stopped = true; wake(); await loop } }
}

import { useEffect, useMemo, useState, type DependencyList } from 'react'
import { useCell } from '../cell.ts'
import type { Command } from './model.ts'
import { nextRank, raiseBarrier, register, registeredCommands } from './registry.ts'

/** Makes commands available while the component is mounted. What lies further inside, or came later, wins a key that several want. */
export function useCommands(commands: readonly Command[], deps: DependencyList): void {
  const [rank] = useState(nextRank)
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the caller says what the commands depend on
  useEffect(() => register({ rank, commands }), [rank, ...deps])
}

/** While mounted, only what is drawn inside answers to keys: for what lies over everything else. */
export function useBarrier(): void {
  const [rank] = useState(nextRank)
  useEffect(() => raiseBarrier(rank), [rank])
}

/** A command by its id, for its name and its keys; undefined while nobody offers it. */
export function useCommand(id: string | undefined): Command | undefined {
  const all = useCell(registeredCommands)
  return useMemo(() => (id === undefined ? undefined : all.flatMap(({ commands }) => commands).findLast((command) => command.id === id)), [all, id])
}

import { lineOf, type CsvValue } from './csv.ts'
import type { Figure, Figures } from './service.ts'
import type { Ask } from './store.ts'

/** Figures as lines of a file: one a group and period, with the range that each covers and the numbers that it is made of. */
export function tableOf(ask: Ask, { total, series, periods, groups }: Figures, asOf: Date): string {
  const head = ['measure', 'unit', ask.by ?? 'group', 'period', 'from', 'to', 'zone', 'clock', 'asOf', ...columnsOf(ask).map(({ name }) => name)]
  const line = (group: string | null, period: string | null, from: Date, to: Date, figure: Figure): string =>
    lineOf([ask.measure.name, ask.measure.unit, group, period, from, to, ask.zone, ask.clock, asOf, ...columnsOf(ask).map(({ value }) => value(figure))])
  const lines = (group: string, figure: Figure, each: readonly Figure[]) => [
    line(group, null, ask.from, ask.to, figure), ...periods.map(({ period, from, to }, index) => line(group, period, from, to, each[index] ?? figure)),
  ]
  return [lineOf(head), ...groups.flatMap(({ id, name, series: each, ...figure }) => lines(name ?? id ?? 'none', figure, each)), ...lines('all', total, series)].join('')
}

function columnsOf({ measure }: Ask): { name: string; value: (figure: Figure) => CsvValue }[] {
  const count = { name: `${measure.counted}s`, value: ({ count }: Figure) => count }
  if (measure.kind === 'share') return [{ name: 'share', value: ({ count: of, part }) => (of === 0 ? null : part / of) }, { name: measure.part, value: ({ part }) => part }, count]
  if (measure.kind === 'count') return [count]
  return [{ name: 'p50Ms', value: ({ p50 }) => p50 }, { name: 'p90Ms', value: ({ p90 }) => p90 }, count]
}

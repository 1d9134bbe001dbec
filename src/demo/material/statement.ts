import { randomOf } from '../random.ts'

/** A made-up account statement as banks export them. */
export function statement(name: string): string {
  const random = randomOf(`statement ${name}`)
  const lines = Array.from({ length: 24 }, (_, index) => [
    `2026-${String(random.between(1, 12)).padStart(2, '0')}-${String(1 + index).padStart(2, '0')}`, random.pick(['Transfer', 'Card payment', 'Direct debit', 'Salary', 'Rent', 'Supplier', 'Cash deposit']),
    `${random.chance(0.6) ? '-' : ''}${random.between(4, 4_200)}.${String(random.between(0, 99)).padStart(2, '0')}`,
  ].join(','))
  return ['date,what,amount', ...lines, ''].join('\n')
}

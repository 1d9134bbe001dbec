import { billing } from './billing.ts'
import { developers } from './developers.ts'
import type { Material } from './model.ts'
import { payments } from './payments.ts'
import { payouts } from './payouts.ts'
import { refunds } from './refunds.ts'
import { risk } from './risk.ts'

/** Everything that people write in the sample centre, by topic. */
export const materials: readonly Material[] = [...payouts, ...risk, ...payments, ...refunds, ...billing, ...developers]

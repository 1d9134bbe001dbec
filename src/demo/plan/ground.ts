import type { Clientele } from '../cast/accounts.ts'
import type { Random } from '../random.ts'
import type { Rota } from './rota.ts'
import type { Deck } from './words.ts'

/** What every case of a plan stands on. */
export interface Ground {
  random: Random
  deck: Deck
  rota: Rota
  clientele: Clientele
  now: number
}

import { expect, test } from 'vitest'
import { passagePieces } from './passage.ts'

test.each([
  ['«Payout» of 4 Nov', [['Payout', true], [' of 4 Nov', false]]],
  ['nothing', [['nothing', false]]],
  ['a « that is not closed', [['a « that is not closed', false]]],
  ['«a»«b»', [['a', true], ['b', true]]],
])('%s', (passage, pieces) => expect(passagePieces(passage).map(({ text, marked }) => [text, marked])).toEqual(pieces))

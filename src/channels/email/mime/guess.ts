import iconv from 'iconv-lite'

/** Which charset bytes are in that do not say so and are no UTF-8. */

/** A charset that explains the bytes best; Windows-1252, the most frequent one, when none does better. */
export function guessCharset(bytes: Buffer): string {
  const sample = bytes.subarray(0, SAMPLE_BYTES).toString('latin1')
  if (['$@', '$B', '(B', '(J', '(I'].some((shift) => sample.includes(`\u001b${shift}`))) return 'iso-2022-jp'
  const high = sample.match(/[\x80-\xff]/g)?.length ?? 0
  if (high === 0) return 'windows-1252'
  return japanese(sample, high) ?? cyrillic(sample, high) ?? 'windows-1252'
}

const SAMPLE_BYTES = 20_000

/** Japanese text is full of kana, whose lead bytes are few: 82 and 83 in Shift_JIS, A4 and A5 in EUC-JP. */
function japanese(sample: string, high: number): string | null {
  const shiftJis = sample.match(/\x82[\x9f-\xf1]|\x83[\x40-\x96]|\x81[\x41\x42\x45\x5b]/g)?.length ?? 0
  if (shiftJis >= 2 && shiftJis * 4 > high) return 'shift_jis'
  const eucJp = sample.match(/\xa4[\xa1-\xf3]|\xa5[\xa1-\xf6]|\xa1[\xa2\xa3\xbc]/g)?.length ?? 0
  return eucJp >= 2 && eucJp * 4 > high ? 'euc-jp' : null
}

/** Words made of nothing but high bytes are not written in a Latin script. Of two readings the one with the more frequent letters is meant. */
function cyrillic(sample: string, high: number): string | null {
  const inWords = (sample.match(/(?<![A-Za-z\x80-\xff])[\xa8\xb8\xa3\xb3\xc0-\xff]{2,}(?![A-Za-z\x80-\xff])/g) ?? []).join('')
  if (inWords.length * 10 < high * 7) return null
  const likely = (charset: string) => iconv.decode(Buffer.from(inWords, 'latin1'), charset).toLowerCase().match(/[оеаинтсрвл]/g)?.length ?? 0
  return likely('koi8-r') > likely('windows-1251') ? 'koi8-r' : 'windows-1251'
}

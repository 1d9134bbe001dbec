/** Which numbers payment card brands give out: the first digits and the lengths (ISO/IEC 7812; the brands' public tables). */

interface Range {
  brand: string
  /** The first digits, both included, of equal length. */
  from: string
  to: string
  lengths: readonly number[]
}

const range = (brand: string, from: string, to: string, ...lengths: number[]): Range => ({ brand, from, to, lengths })

const ranges: readonly Range[] = [
  range('visa', '4', '4', 13, 16, 19),
  range('mastercard', '51', '55', 16),
  range('mastercard', '2221', '2720', 16),
  range('amex', '34', '34', 15),
  range('amex', '37', '37', 15),
  range('unionpay', '62', '62', 16, 17, 18, 19),
  range('unionpay', '81', '81', 16, 17, 18, 19),
  range('discover', '6011', '6011', 16, 17, 18, 19),
  range('discover', '644', '649', 16, 17, 18, 19),
  range('discover', '65', '65', 16, 17, 18, 19),
  range('jcb', '3528', '3589', 16, 17, 18, 19),
  range('jcb', '1800', '1800', 15),
  range('jcb', '2131', '2131', 15),
  range('diners', '300', '305', 14, 16, 19),
  range('diners', '3095', '3095', 14, 16, 19),
  range('diners', '36', '36', 14, 16, 19),
  range('diners', '38', '39', 14, 16, 19),
  range('maestro', '5018', '5018', 13, 14, 15, 16, 17, 18, 19),
  range('maestro', '5020', '5020', 13, 14, 15, 16, 17, 18, 19),
  range('maestro', '5038', '5038', 13, 14, 15, 16, 17, 18, 19),
  range('maestro', '5893', '5893', 13, 14, 15, 16, 17, 18, 19),
  range('maestro', '6304', '6304', 13, 14, 15, 16, 17, 18, 19),
  range('maestro', '6759', '6759', 13, 14, 15, 16, 17, 18, 19),
  range('maestro', '6761', '6763', 13, 14, 15, 16, 17, 18, 19),
  range('mir', '2200', '2204', 16, 17, 18, 19),
  range('rupay', '60', '60', 16),
  range('rupay', '508', '508', 16),
  range('rupay', '82', '82', 16),
  range('verve', '5060', '5061', 16, 18, 19),
  range('elo', '5067', '5067', 16),
  range('elo', '509', '509', 16),
  range('elo', '6362', '6363', 16),
  range('troy', '9792', '9792', 16),
]

const byFirstDigit = new Map<string, Range[]>()
for (const one of ranges) byFirstDigit.set(one.from.slice(0, 1), [...byFirstDigit.get(one.from.slice(0, 1)) ?? [], one])

/** The brand that gives out numbers like this one; null when none does. @param digits ASCII digits only */
export function brandOf(digits: string): string | null {
  const found = byFirstDigit.get(digits.slice(0, 1))?.find(({ from, to, lengths }) => {
    const first = digits.slice(0, from.length)
    return first >= from && first <= to && lengths.includes(digits.length)
  })
  return found?.brand ?? null
}

/** The check digit of ISO/IEC 7812-1, annex B (Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const value = digits.charCodeAt(digits.length - 1 - index) - 48
    const counted = index % 2 === 1 ? value * 2 : value
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}

/** What a file is called and what it is: decided by us, never by who sends it. */

const NAME_LENGTH_MAX = 150

/**
 * A name that is safe to save under on any system: no path, no control or direction-changing characters (which make `exe.txt` of `txt.exe`),
 * no reserved signs, not hidden, not endless. Its ending is kept when it has to be cut.
 */
export function cleanName(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}<>:"|?*]+/gu, '').replace(/\s+/g, ' ').replace(/^[\s.]+|[\s.]+$/g, '')
  if (plain === '') return 'file'
  const letters = [...plain]
  if (letters.length <= NAME_LENGTH_MAX) return plain
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(plain)?.[0] ?? ''
  return `${letters.slice(0, NAME_LENGTH_MAX - ending.length).join('')}${ending}`
}

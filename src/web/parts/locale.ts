/** How numbers and dates are written: the reader's own English, since the words around them are English. */
export const locale: string = chosen(typeof navigator === 'undefined' ? 'en-GB' : navigator.language)

/** Some systems give names that are no language tags (`en-US@posix`). */
function chosen(name: string): string {
  try {
    return name.startsWith('en') ? Intl.getCanonicalLocales(name)[0] ?? 'en-GB' : 'en-GB'
  } catch {
    return 'en-GB'
  }
}

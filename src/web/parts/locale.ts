/** How numbers and dates are written: the reader's own English, since the words around them are English. */
export const locale: string = chosen(typeof navigator === 'undefined' ? 'en-GB' : navigator.language)

/** Some systems give names that are no language tags (`en-US@posix`). */
function chosen(name: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(name)
    return canonical?.startsWith('en') ? canonical : 'en-GB'
  } catch {
    // Libraries that ask the browser themselves would fail on it.
    Object.defineProperty(navigator, 'language', { value: 'en-GB', configurable: true })
    return 'en-GB'
  }
}

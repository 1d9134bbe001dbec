/** More tags than any letter has, and more text than anybody reads: such HTML would hold everybody else up. */
const TAGS_MAX = 20_000
const LENGTH_MAX = 1_500_000
/** A picture that is written into the text costs little. */
const LENGTH_WITH_PICTURES_MAX = 30_000_000

/** Whether HTML is too much to be cleaned; then its text is all that is shown of it. */
export function tooMuch(html: string): boolean {
  if (html.length > LENGTH_WITH_PICTURES_MAX) return true
  if (html.length > LENGTH_MAX && html.replace(/base64,[A-Za-z0-9+/=]+/g, '').length > LENGTH_MAX) return true
  let tags = 0
  for (let at = html.indexOf('<'); at !== -1; at = html.indexOf('<', at + 1)) if (++tags > TAGS_MAX) return true
  return false
}

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&nbsp;': ' ', '&#39;': "'" }

/** The text of HTML, roughly: tags away, a line for each block, and no more of it than anybody reads. */
export const plainFallback = (html: string): string =>
  html.slice(0, LENGTH_MAX).replace(/<(script|style)\b[^<>]*>[^<]*/gi, '').replace(/<\/?(?:p|div|br|tr|li|h[1-6]|blockquote)\b[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, '')
    .replace(/&(?:lt|gt|amp|quot|nbsp|#39);/g, (entity) => entities[entity] ?? entity).replace(/[ \t]+/g, ' ').replace(/\n\s*\n\s*/g, '\n\n').trim()

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as HTML shows it. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)

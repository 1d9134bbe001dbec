import { cleanHtml, contentIdsIn } from '#language'

/** A picture inside a mail, as its document carries it. */
export interface InlinePicture {
  contentId: string
  type: string
  content: Buffer
}

/**
 * A mail's HTML as a document of its own: cleaned once more by the parser-based cleaner, and under a policy that would let nothing run even if
 * something got past it. The frame around it is sandboxed; `sandbox` here says the same for whoever opens the address by itself. Inline
 * pictures are written into it: a sandboxed document comes from nowhere, so it could not fetch them with the reader's sign-in.
 */
export function documentOf(html: string, images: 'blocked' | 'shown', pictures: readonly InlinePicture[]): string {
  const inline = (contentId: string) => {
    const picture = pictures.find((candidate) => candidate.contentId === contentId)
    return picture ? `data:${picture.type};base64,${picture.content.toString('base64')}` : null
  }
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>${STYLE}</style></head><body>${cleanHtml(html, { images, inline })}</body></html>`
}

/** The Content-IDs of the pictures that the text shows. */
export const picturesIn = (html: string): Set<string> => contentIdsIn(cleanHtml(html, { images: 'blocked' }))

/** Mail is read on white paper in both themes: its own colours are made for that. */
const STYLE = 'html{background:#fff;color:#1b1b1f}body{margin:0;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:0 0 0 8px;padding-left:8px;border-left:2px solid #ddd}pre{white-space:pre-wrap}'

/** Headers of that document, in place of the program's own: our page may frame it; it runs nothing and sends nothing. */
export const documentHeaders = (images: 'blocked' | 'shown'): Record<string, string> => ({
  'content-security-policy': [
    `default-src 'none'`, `img-src data:${images === 'shown' ? ' https: http:' : ''}`, `style-src 'unsafe-inline'`, `form-action 'none'`, `base-uri 'none'`, `frame-ancestors 'self'`,
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
  'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'x-robots-tag': 'none',
})

const KEPT_MAX = 300
const KEPT_LENGTH_MAX = 200_000
const kept = new Map<string, string>()

/** A mail's HTML as programs may read it: cleaned, nothing remote in it. What was cleaned just now is remembered: a case is opened more often than written. */
export function readableHtml(place: { number: number; id: string }, html: string): string {
  const key = `${place.number} ${place.id}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const inline = (contentId: string) => `/api/v1/cases/${place.number}/messages/${place.id}/inline/${encodeURIComponent(contentId)}`
  const cleaned = cleanHtml(html, { images: 'blocked', inline })
  if (cleaned.length > KEPT_LENGTH_MAX) return cleaned
  if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value ?? '')
  kept.set(key, cleaned)
  return cleaned
}

import { cleanHtml } from '#language'

/**
 * A mail's HTML as a document of its own: cleaned once more by the parser-based cleaner, and under a policy that would let nothing run even if
 * something got past it. The frame around it is sandboxed; `sandbox` here says the same for whoever opens the address by itself.
 */
export function documentOf(given: { number: number; id: string; html: string; images: boolean }): string {
  const inlineUrl = (contentId: string) => `/api/v1/cases/${given.number}/messages/${given.id}/inline/${encodeURIComponent(contentId)}`
  const body = cleanHtml(given.html, { remoteImages: given.images, inlineUrl })
  return `<!doctype html><html><head><meta charset="utf-8"><base target="_blank"><style>${STYLE}</style></head><body>${body}</body></html>`
}

/** Mail is read on white paper in both themes: its own colours are made for that. */
const STYLE = 'html{background:#fff;color:#1b1b1f}body{margin:0;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:0 0 0 8px;padding-left:8px;border-left:2px solid #ddd}pre{white-space:pre-wrap}'

/** Headers of that document, in place of the program's own: our page may frame it; it runs nothing and sends nothing. */
export const documentHeaders = (images: boolean): Record<string, string> => ({
  'content-security-policy': [
    `default-src 'none'`, `img-src 'self' data:${images ? ' https: http:' : ''}`, `style-src 'unsafe-inline'`, `form-action 'none'`, `base-uri 'self'`, `frame-ancestors 'self'`,
    'sandbox allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
  'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'x-robots-tag': 'none',
})

import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const YEAR_SECONDS = 31_536_000

/** Serves the built screens: what carries a hash in its name is kept by browsers for a year, the page itself is asked for anew. */
export async function serveScreens(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(files, {
    root: folder, index: false, wildcard: false, dotfiles: 'ignore', preCompressed: true, cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', path.includes('/assets/') ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache'),
  })
}

/** The addresses of screens are the browser's own: each answers with the page, which then shows what the address says. */
export const asksForPage = (request: FastifyRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && !request.url.startsWith('/api/') && String(request.headers.accept ?? '').includes('text/html')

export const sendPage = (reply: FastifyReply): FastifyReply => reply.sendFile('index.html')

import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** The screens. `scripts/web.ts` builds them into a folder of their own below dist/web. */
export default defineConfig({
  root: join(import.meta.dirname, 'src'),
  publicDir: join(import.meta.dirname, 'src/web/public'),
  plugins: [react()],
  // The page forbids inline scripts and addresses outside of this site, so nothing may be folded into it.
  build: { target: 'es2022', cssTarget: ['chrome123', 'firefox121', 'safari17.5'], assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false, chunkSizeWarningLimit: 1_000, emptyOutDir: true },
  logLevel: 'warn',
})

import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { withoutJsonSchema } from './without-json-schema.ts'
import { withoutUnusedFlow } from './without-unused-flow.ts'

/** The two fonts that every page shows are asked for together with the first script. */
const preloadFonts = (): Plugin => ({
  name: 'preload-fonts',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((name) => /(inter|jetbrains-mono)-latin-wght-normal[^/]*\.woff2$/.test(name))
        .map((name) => ({
          tag: 'link',
          attrs: {
            rel: 'preload',
            href: `/${name}`,
            as: 'font',
            type: 'font/woff2',
            crossorigin: true,
          },
          injectTo: 'head' as const,
        })),
  },
})

export default defineConfig({
  plugins: [react(), tailwindcss(), preloadFonts(), withoutJsonSchema(), withoutUnusedFlow()],
  build: {
    // The content security policy has no data: for fonts and scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    target: 'es2023',
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': { target: process.env['MAESTRO_GATEWAY'] ?? 'http://127.0.0.1:8080', ws: true },
    },
  },
})

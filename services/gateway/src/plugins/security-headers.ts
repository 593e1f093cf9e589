import helmet from '@fastify/helmet'
import fp from 'fastify-plugin'

/** What a page of ours may load and do. The console is built without inline scripts; React Flow places nodes by inline styles. */
export const securityHeadersPlugin = fp<{ overHttps: boolean }>(
  async (app, { overHttps }) => {
    await app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          workerSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      crossOriginEmbedderPolicy: false,
      referrerPolicy: { policy: 'no-referrer' },
      strictTransportSecurity: overHttps ? { maxAge: 15_552_000 } : false,
    })
  },
  { name: 'security-headers' },
)

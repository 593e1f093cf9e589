import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@maestro/contracts/errors'
import type { SignInByToken } from '../sessions/sign-in-by-token.ts'

const notBuilt = `<!doctype html>
<meta charset="utf-8">
<title>Maestro</title>
<h1>The console is not built</h1>
<p>Build it with <code>npm run build --workspace apps/web</code> and load this page again, or start everything with <code>npm start</code>.</p>
<p>The interface for programs answers under <code>/api</code>.</p>
`

type Options = {
  app: FastifyInstance
  /** The folder that Vite wrote. */
  webDist: string
  signInByToken: SignInByToken
}

/** Serves the console: its files, and its page for every address of its own. */
export const serveConsole = async ({ app, webDist, signInByToken }: Options): Promise<void> => {
  await app.register(fastifyStatic, { root: webDist, serve: false, suppressWarning: true })

  const isBuilt = () =>
    access(join(webDist, 'index.html')).then(
      () => true,
      () => false,
    )

  const sendPage = async (reply: FastifyReply) => {
    void reply.header('cache-control', 'no-cache')
    if (await isBuilt()) return reply.sendFile('index.html', { cacheControl: false })
    return reply.status(503).type('text/html; charset=utf-8').send(notBuilt)
  }

  app.route({
    method: 'GET',
    url: '/*',
    handler: async (request: FastifyRequest<{ Params: { '*': string } }>, reply) => {
      const path = request.params['*']
      if (path === 'api' || path.startsWith('api/')) return reply.callNotFound()
      const address = new URL(request.url, 'http://console')
      if (address.searchParams.has('token')) return signInByLink(address, request, reply)
      // Vite names these by their content.
      if (path.startsWith('assets/'))
        return reply.sendFile(path, { maxAge: '365d', immutable: true })
      if (/\.[a-z0-9]+$/i.test(path)) return reply.sendFile(path, { maxAge: '1h' })
      return sendPage(reply)
    },
  })

  /** The address that `npm start` prints carries the token once; it leaves the address bar and the history at once. */
  const signInByLink = async (address: URL, request: FastifyRequest, reply: FastifyReply) => {
    const token = address.searchParams.get('token') ?? ''
    address.searchParams.delete('token')
    try {
      const { cookie } = await signInByToken(token, request.ip)
      void reply.header('set-cookie', cookie)
    } catch (error) {
      // The console's own sign-in page says what to do about a token that does not fit.
      if (!(error instanceof AppError) || error.code !== 'UNAUTHENTICATED') throw error
    }
    // Two slashes would name another host.
    const path = address.pathname.replace(/^\/+/, '/')
    return reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(`${path}${address.search}`, 302)
  }
}

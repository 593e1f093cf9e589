import type { FastifyInstance } from 'fastify'

/** Every `METHOD path` that a server answers, as it prints them itself. HEAD comes with GET and is left out. */
export const registeredRoutes = (app: FastifyInstance): string[] => {
  const parents: string[] = []
  return app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const found = /^(?<indent>.*)[├└]── (?<part>\S+) \((?<methods>[^)]*)\)/.exec(line)?.groups
      if (!found) return []
      const depth = (found['indent'] ?? '').length / 4
      const path = `${depth === 0 ? '' : (parents[depth - 1] ?? '')}${found['part']}`
      parents[depth] = path
      return (found['methods'] ?? '')
        .split(', ')
        .filter((method) => method !== 'HEAD')
        .map((method) => `${method} ${path}`)
    })
}

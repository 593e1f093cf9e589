import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/** Below the range from which the system takes ports for outgoing connections: a port of ours is still free tomorrow. */
const PORT_MIN = 20_000
const PORT_MAX = 32_000
const ATTEMPTS_MAX = 50

/** Given away by this process and perhaps not listened on yet. */
const given = new Set<number>()

export const isPortFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })

/** The port that was used last time when it is still free, another otherwise. */
export const freePort = async (wanted?: number): Promise<number> => {
  if (wanted !== undefined && (await isPortFree(wanted))) {
    given.add(wanted)
    return wanted
  }
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const port = randomInt(PORT_MIN, PORT_MAX)
    if (given.has(port) || !(await isPortFree(port))) continue
    given.add(port)
    return port
  }
  throw new Error(`no free port found between ${PORT_MIN} and ${PORT_MAX}`)
}

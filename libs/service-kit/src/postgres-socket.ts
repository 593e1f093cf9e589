import { Socket } from 'node:net'

type Address = { host: readonly string[]; port: readonly number[]; path?: string | false }

/**
 * A socket for `postgres` whose failure and whose end come in the same moment. Between the two, the
 * driver still gives queries to a connection that is lost: such a query never settles, or is taken for
 * done, with nothing done, when the connection is there again. A transaction may even go on without
 * its beginning. (Found in 3.4.9 by cutting connections under load; `database.int.test.ts` shows it.)
 */
export const createPostgresSocket = (): ((address: Address) => Socket) => {
  let connections = 0
  return ({ host, port, path }) => {
    // Of several servers the next one is tried, as the driver does it.
    const place = connections % host.length
    connections += 1
    const socket = new Socket()
    const emit = socket.emit.bind(socket)
    let failure: readonly unknown[] | null = null
    socket.emit = (event: string | symbol, ...values: unknown[]) => {
      if (event === 'error') {
        failure = values
        return true
      }
      if (event === 'close' && failure !== null) emit('error', ...failure)
      return emit(event, ...values)
    }
    if (path) socket.connect(path)
    else socket.connect(port[place] ?? 5432, host[place] ?? 'localhost')
    return socket
  }
}

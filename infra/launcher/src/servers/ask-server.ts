import { connect } from 'node:net'

/** Connects, says something if there is something to say, and hands back the first words of the server, or nothing. */
export const askServer = (port: number, words: string, timeoutMs = 1_000): Promise<string> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    const done = (answer: string) => {
      socket.destroy()
      resolve(answer)
    }
    socket.setTimeout(timeoutMs, () => done(''))
    socket.once('error', () => done(''))
    socket.once('close', () => done(''))
    socket.once('connect', () => words && socket.write(words))
    socket.once('data', (data) => done(data.toString()))
  })

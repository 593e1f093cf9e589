import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../live-clients-main.ts', import.meta.url))

export type ClientsOrder =
  | {
      do: 'connect'
      url: string
      headers: Record<string, string>
      subscribe: string
      count: number
    }
  | { do: 'begin' }
  | { do: 'report' }

export type ClientsReport = {
  /** The lowest and the highest seq that a client has. */
  seqs: readonly [lowest: number, highest: number]
  frames: number
  /** From the time of an event to its client, the first of each frame, which has waited longest. */
  p50Ms: number
  p99Ms: number
}

/** Many clients in a process of their own, so that who publishes does not wait for them. */
export const startLiveClients = async () => {
  const child = fork(main, { env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1' } })
  const ask = (order: ClientsOrder) =>
    new Promise<ClientsReport | null>((resolve, reject) => {
      const leave = () => {
        child.off('message', hear)
        child.off('exit', fail)
      }
      const hear = (answer: ClientsReport | null) => {
        leave()
        resolve(answer)
      }
      const fail = (code: number | null) => {
        leave()
        reject(new Error(`the clients ended with ${code}`))
      }
      child.on('message', hear)
      child.on('exit', fail)
      child.send(order)
    })
  return {
    connect: async (order: Omit<Extract<ClientsOrder, { do: 'connect' }>, 'do'>) => {
      await ask({ do: 'connect', ...order })
    },
    begin: async () => {
      await ask({ do: 'begin' })
    },
    report: async (): Promise<ClientsReport> => {
      const report = await ask({ do: 'report' })
      if (report === null) throw new Error('the clients have nothing to report')
      return report
    },
    stop: () => child.disconnect(),
  }
}

export type LiveClients = Awaited<ReturnType<typeof startLiveClients>>

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { cpuMsOf } from '../budget/cpu-of.ts'

const main = fileURLToPath(new URL('../live-bare-main.ts', import.meta.url))

export type BareOrder = { perSecond: number; runMs: number }

/** How messages become frames: one each, all of 16 ms, or all of a beat that is as long as the gateway's would be. */
export type BareCollecting = 'none' | '16 ms' | 'beat of the gateway'

/** `ws` and nothing else, in a process of its own. */
export const startBareServer = async (collecting: BareCollecting) => {
  const child = fork(main, [collecting], {
    env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1' },
  })
  const [{ url }] = (await once(child, 'message')) as [{ url: string }]
  return {
    url,
    cpuMs: () => cpuMsOf(child.pid ?? 0),
    /** Resolves with the seq of the last event. */
    run: async (order: BareOrder): Promise<number> => {
      const done = once(child, 'message') as Promise<[number]>
      child.send(order)
      return (await done)[0]
    },
    stop: () => child.disconnect(),
  }
}

import ELK from 'elkjs/lib/elk-api.js'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { Layout, Outline } from '../layout.ts'
import { crossingsOf } from './crossings-of.ts'
import { fromElk, toElk } from './elk-graph.ts'

/** What it has not found by then, nobody waits for. */
const deadlineMs = 3_000
/** ELK is large: on a slow line it takes its time to come. */
const loadedWithinMs = 20_000

/** `as-good`: what is there has no more crossings; `too-long`: it had to be ended. */
export type Tidied = { readonly layout: Layout } | 'as-good' | 'too-long' | 'failed'

/** ELK's layout of a plan, in a worker that ends with the answer, the deadline or the signal. */
const askElk = async (
  outline: Outline,
  signal: AbortSignal,
): Promise<Layout | 'too-long' | null> => {
  const worker = new Worker(workerUrl)
  const elk = new ELK({ workerFactory: () => worker, algorithms: ['layered'] })
  const { promise: ended, resolve, reject } = Promise.withResolvers<'too-long'>()
  let timer = setTimeout(() => resolve('too-long'), loadedWithinMs)
  signal.addEventListener('abort', () => resolve('too-long'))
  worker.addEventListener('error', ({ message }) => reject(new Error(message)))
  try {
    // Its first answer says that it is there.
    if ((await Promise.race([elk.knownLayoutAlgorithms(), ended])) === 'too-long') return 'too-long'
    clearTimeout(timer)
    timer = setTimeout(() => resolve('too-long'), deadlineMs)
    const answer = await Promise.race([elk.layout(toElk(outline)), ended])
    return answer === 'too-long' ? answer : fromElk(outline, answer)
  } finally {
    clearTimeout(timer)
    worker.terminate()
  }
}

/** A picture of the same plan with fewer crossings, where there is one. */
export const tidyLayout = async (present: Layout, signal: AbortSignal): Promise<Tidied> => {
  if (crossingsOf(present) === 0) return 'as-good'
  try {
    const found = await askElk(present.outline, signal)
    if (found === 'too-long' || signal.aborted) return 'too-long'
    if (found === null) return 'failed'
    return crossingsOf(found) < crossingsOf(present) ? { layout: found } : 'as-good'
  } catch {
    // The picture that is there is a whole one; whoever asked for a better one is told.
    return 'failed'
  }
}

export type LoadFigures = {
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly count: number
}

/** So many clients, each of whom asks again as soon as it has its answer. */
export const closedLoop = async ({
  clients,
  runMs,
  ask,
}: {
  clients: number
  runMs: number
  /** One request of a client; `number` counts its requests. */
  ask: (client: number, number: number) => Promise<void>
}): Promise<LoadFigures> => {
  const latenciesMs: number[] = []
  const endMs = performance.now() + runMs
  const run = async (client: number) => {
    for (let number = 0; performance.now() < endMs; number += 1) {
      const askedMs = performance.now()
      await ask(client, number)
      const answeredMs = performance.now()
      if (answeredMs <= endMs) latenciesMs.push(answeredMs - askedMs)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, client) => run(client)))
  const sorted = Float64Array.from(latenciesMs).sort()
  const at = (share: number) =>
    sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0
  return {
    perSecond: (sorted.length * 1_000) / runMs,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    count: sorted.length,
  }
}

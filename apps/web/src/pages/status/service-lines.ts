import type { ServiceCopy, Trouble } from '@maestro/contracts/gateway/system-status'

export type ServiceLine = {
  readonly service: string
  readonly copies: number
  readonly version: string
  readonly startedAt: string | null
  /** Of its copies, those that say so. */
  readonly troubles: readonly Trouble[]
  readonly requests: number
  readonly errors: number
  /** Weighted by how often each endpoint was asked. */
  readonly averageMs: number | null
}

const expected = ['gateway', 'orchestrator', 'llm-router', 'budget', 'scheduler', 'timeline']

/** One line per service, those that should run but do not answer included. */
export const serviceLines = (copies: readonly ServiceCopy[]): readonly ServiceLine[] => {
  const names = [...new Set([...expected, ...copies.map(({ service }) => service)])]
  return names.map((service) => {
    const own = copies.filter((copy) => copy.service === service)
    const endpoints = own.flatMap((copy) => copy.endpoints)
    const requests = endpoints.reduce((sum, endpoint) => sum + endpoint.requests, 0)
    const spentMs = endpoints.reduce(
      (sum, { requests: asked, averageMs }) => sum + asked * averageMs,
      0,
    )
    return {
      service,
      copies: own.length,
      version: [...new Set(own.map(({ version }) => version))].join(', '),
      startedAt: own.map(({ startedAt }) => startedAt).toSorted()[0] ?? null,
      troubles: own.flatMap(({ trouble }) => trouble ?? []),
      requests,
      errors: endpoints.reduce((sum, endpoint) => sum + endpoint.errors, 0),
      averageMs: requests === 0 ? null : spentMs / requests,
    }
  })
}

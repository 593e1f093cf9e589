import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import type { ReachedLimit } from '@maestro/contracts/task/step-caps'

/** Which bound ended it, with the figures, for people. */
export const limitReason = ({ name, max, reached }: ReachedLimit): string => {
  switch (name) {
    case 'turns':
      return `all ${max} turns were used without delivering the output`
    case 'tokens':
      return `its cap of ${max} tokens was reached: ${reached} were used`
    case 'money':
      return `its cap of $${usd(max)} was reached: $${usd(reached)} was spent`
    case 'time':
      return `its cap of ${seconds(max)} was reached: it ran for ${seconds(reached)}`
    case 'tool-calls':
      return `its limit of ${max} tool calls was reached: ${reached} were made`
    case 'model-calls':
      return `The limit of ${max} model calls was reached: ${reached} were made.`
    case 'bytes':
      return `The limit of ${max} bytes of answers was reached: ${reached} bytes came.`
    default:
      return name satisfies never
  }
}

const usd = (amount: number) => nanoUsdToText(nanoUsd(amount))
const seconds = (ms: number) => `${Math.round(ms / 100) / 10} seconds`

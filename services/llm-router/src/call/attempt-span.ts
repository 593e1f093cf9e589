import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { withSpan } from '@maestro/service-kit/trace'
import type { AttemptOutcome } from './make-attempt.ts'

/** As the semantic conventions for generative AI name them. */
const providerNames: Record<ProviderName, string> = {
  groq: 'groq',
  gemini: 'gcp.gemini',
  ollama: 'ollama',
  rehearsal: 'rehearsal',
}

const operationOf = (purpose: CallPurpose) => (purpose === 'embed' ? 'embeddings' : 'chat')

/** One attempt in the trace: who was asked, who answered, how much. Never what. */
export const withAttemptSpan = (
  {
    provider,
    model,
    attempt,
    purpose,
  }: { provider: ProviderName; model: string; attempt: number; purpose: CallPurpose },
  work: () => Promise<AttemptOutcome>,
): Promise<AttemptOutcome> =>
  withSpan(
    {
      name: `${operationOf(purpose)} ${model}`,
      kind: 'client',
      attributes: {
        'gen_ai.operation.name': operationOf(purpose),
        'gen_ai.provider.name': providerNames[provider],
        'gen_ai.request.model': model,
        'maestro.attempt': attempt,
      },
    },
    async (span) => {
      const outcome = await work()
      if (outcome.kind === 'answered') {
        const { model: answeredBy, usage, answer } = outcome.result
        span.setAttributes({
          'gen_ai.response.model': answeredBy,
          'gen_ai.response.finish_reasons': [answer.finish],
          'gen_ai.usage.input_tokens': usage.inputTokens,
          'gen_ai.usage.output_tokens': usage.outputTokens,
        })
      } else {
        span.setAttribute(
          'error.type',
          outcome.kind === 'failed' ? outcome.failure.failureClass : outcome.kind,
        )
      }
      return outcome
    },
  )

import type { ErrorReport, ReportedClass } from '@maestro/contracts/llm/error-endpoints'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { failureRules } from '../strategy/failure-rules.ts'

type Cause = Pick<ErrorReport, 'failureClass' | 'provider' | 'model' | 'status' | 'code'> & {
  timeoutKind: ErrorReport['timeoutKind']
  message: string
}

const keyVariables: Partial<Record<ProviderName, string>> = {
  groq: 'GROQ_API_KEY',
  gemini: 'GEMINI_API_KEY',
}
const addressVariables: Partial<Record<ProviderName, string>> = {
  groq: 'GROQ_BASE_URL',
  gemini: 'GEMINI_BASE_URL',
  ollama: 'OLLAMA_BASE_URL',
}

/** What a person can do about a failure, as exactly as its context allows. */
export const suggestFix = (cause: Cause): string => {
  if (cause.failureClass === 'lost') {
    return 'Look into the log and the memory of the worker that ended; the call went on at another one.'
  }
  return specific[cause.failureClass]?.(cause) ?? failureRules[cause.failureClass].advice
}

const specific: Partial<Record<ReportedClass, (cause: Cause) => string | null>> = {
  auth: ({ provider, status }) => {
    if (status === 402) return `Settle the bill of ${provider}, or use another key.`
    const variable = provider === null ? undefined : keyVariables[provider]
    return variable === undefined
      ? null
      : `Check the key of ${provider}: a new one goes into the settings or into ${variable}.`
  },
  not_found: ({ provider, model }) => {
    if (provider === 'ollama')
      return `Pull the model (ollama pull ${model}), or choose one that is there.`
    return provider === null
      ? null
      : `${provider} has no model ${model}, or has it no longer: choose another one.`
  },
  rate_limited: ({ provider, message }) =>
    /per day|\(.PD\)|PerDay/i.test(message)
      ? `The quota of the day is used up at ${provider}: wait for its end, raise it, or add another provider.`
      : null,
  timeout: ({ provider, timeoutKind }) => {
    if (provider === 'ollama' && (timeoutKind === 'headers' || timeoutKind === 'first_token')) {
      return 'The model is still being loaded, or the prompt is too long for this machine: choose a smaller model or shorten the inputs.'
    }
    return timeoutKind === 'whole_answer'
      ? 'The answer takes longer than we wait: ask for less output, or choose a faster model.'
      : null
  },
  network: ({ provider, message }) => {
    if (provider === null) return null
    if (/ECONNREFUSED/.test(message)) {
      return `Nobody listens at the address of ${provider}: start it, or correct ${addressVariables[provider] ?? 'its address'}.`
    }
    return /ENOTFOUND|EAI_AGAIN/.test(message)
      ? `The name of the address of ${provider} is not known: check ${addressVariables[provider] ?? 'its address'} and the name server.`
      : null
  },
  model_output: ({ model }) =>
    model === null
      ? null
      : `${model} does not write what is asked for: choose a stronger model, or simplify the tools or the schema.`,
}

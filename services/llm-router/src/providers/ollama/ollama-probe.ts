import { OllamaTags } from './ollama-wire.ts'

export const ollamaDefaultAddress = 'http://127.0.0.1:11434'

const timeoutMs = 500
const freshForMs = 30_000

/** Models that only embed cannot chat. */
const canChat = ({ name, details }: OllamaTags['models'][number]) =>
  !/embed|rerank/i.test(name) && !/bert/i.test(details?.family ?? '')

/** The first model that a server offers for chats; null when it offers none, or does not answer in time. */
export const findOllamaModel = async (address: string): Promise<string | null> => {
  const response = await fetch(`${address}/api/tags`, { signal: AbortSignal.timeout(timeoutMs) })
  const tags = OllamaTags.parse(await response.json())
  return tags.models.find(canChat)?.name ?? null
}

export type OllamaProbe = {
  /** What the last look found; starts the next look when that one is old, and never waits for it. */
  found: () => { answers: boolean; model: string | null }
  /** Looks now. Never rejects. */
  look: () => Promise<void>
}

/** Whether somebody runs an Ollama here, without asking anybody to say so. */
export const createOllamaProbe = (address: string, nowMs: () => number = Date.now): OllamaProbe => {
  let state: { answers: boolean; model: string | null } = { answers: false, model: null }
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | null = null

  const lookOnce = async () => {
    try {
      const response = await fetch(`${address}/api/version`, {
        signal: AbortSignal.timeout(timeoutMs),
      })
      await response.body?.cancel()
      const answers = response.ok
      state = { answers, model: answers ? await findOllamaModel(address) : null }
    } catch {
      // Most machines run none: that is an answer, not an error.
      state = { answers: false, model: null }
    } finally {
      looking = null
    }
  }
  const look = () => {
    lookedAtMs = nowMs()
    looking ??= lookOnce()
    return looking
  }

  return {
    found: () => {
      if (nowMs() - lookedAtMs >= freshForMs) void look()
      return state
    },
    look,
  }
}

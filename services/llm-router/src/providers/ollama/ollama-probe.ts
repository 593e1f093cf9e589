import { fetchJson } from '../fetch-json.ts'
import { ollamaFailure, ollamaMessage } from './ollama-failure.ts'
import { OllamaTags } from './ollama-wire.ts'

export const ollamaDefaultAddress = 'http://127.0.0.1:11434'

const timeoutMs = 500
const freshForMs = 30_000

/** Models that only embed cannot chat. */
export const canChat = ({ name, details }: OllamaTags['models'][number]) =>
  !/embed|rerank/i.test(name) && !/bert/i.test(details?.family ?? '')

/** Rerankers are no embedders, whatever family they are of. */
const canEmbed = ({ name, details }: OllamaTags['models'][number]) =>
  !/rerank/i.test(name) && (/embed/i.test(name) || /bert/i.test(details?.family ?? ''))

const readTags = async (address: string): Promise<OllamaTags> => {
  const json = await fetchJson({
    url: `${address}/api/tags`,
    signal: AbortSignal.timeout(timeoutMs),
    toFailure: (status, { body }) => ollamaFailure(status, ollamaMessage(body)),
  })
  return OllamaTags.parse(json)
}

/** The first model that a server offers for chats; null when it offers none, or does not answer in time. */
export const findOllamaModel = async (address: string): Promise<string | null> => {
  const tags = await readTags(address)
  return tags.models.find(canChat)?.name ?? null
}

type Found = {
  answers: boolean
  /** For chats. */
  model: string | null
  embedModel: string | null
}

const nothing: Found = { answers: false, model: null, embedModel: null }

export type OllamaProbe = {
  /** What the last look found; starts the next look when that one is old, and never waits for it. */
  found: () => Found
  /** Looks now. Never rejects. */
  look: () => Promise<void>
}

/** Whether somebody runs an Ollama here, without asking anybody to say so. */
export const createOllamaProbe = (address: string, nowMs: () => number = Date.now): OllamaProbe => {
  let state = nothing
  let lookedAtMs = Number.NEGATIVE_INFINITY
  let looking: Promise<void> | null = null

  const lookOnce = async () => {
    try {
      const response = await fetch(`${address}/api/version`, {
        signal: AbortSignal.timeout(timeoutMs),
      })
      await response.body?.cancel()
      if (response.ok) {
        const { models } = await readTags(address)
        const first = (fits: typeof canChat) => models.find(fits)?.name ?? null
        state = { answers: true, model: first(canChat), embedModel: first(canEmbed) }
      } else state = nothing
    } catch {
      // Most machines run none: that is an answer, not an error.
      state = nothing
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

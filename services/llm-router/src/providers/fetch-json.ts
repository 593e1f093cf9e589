import { ProviderFailure } from './provider-failure.ts'
import { readBounded } from './read-bounded.ts'

/** A list of models is some hundred KiB at most. */
const bytesMax = 4 * 1024 ** 2

/**
 * Asks a provider about itself: bounded in time and size, and without its SDK, so that an idle worker
 * need not load it. Redirects are refused: they would carry the key to somebody else.
 * @throws {ProviderFailure} of `toFailure` for a refusal, and what `fetch` throws.
 */
export const fetchJson = async ({
  url,
  headers = {},
  signal,
  toFailure,
}: {
  url: string
  headers?: Readonly<Record<string, string>>
  signal: AbortSignal
  /** `json` is undefined where it sent none: a proxy in front of it answers in its own way. */
  toFailure: (status: number, reply: { body: string; json: unknown }) => ProviderFailure
}): Promise<unknown> => {
  const response = await fetch(url, { headers, signal, redirect: 'error' })
  const { bytes, isCut } = await readBounded(response.body, bytesMax)
  const body = new TextDecoder().decode(bytes)
  const json = parse(body)
  if (!response.ok) throw toFailure(response.status, { body, json })
  if (isCut) throw new ProviderFailure('incomplete_stream', 'Its list of models has no end.')
  // What came is not quoted: it may be anything, a page of HTML as a rule.
  if (json === undefined) throw new ProviderFailure('incomplete_stream', 'It sent no JSON.')
  return json
}

/** JSON has no undefined. */
const parse = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

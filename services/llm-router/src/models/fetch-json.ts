import { ProviderFailure } from '../providers/provider-failure.ts'

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
  toFailure: (status: number, body: string) => ProviderFailure
}): Promise<unknown> => {
  const response = await fetch(url, { headers, signal, redirect: 'error' })
  const body = await readText(response)
  if (!response.ok) throw toFailure(response.status, body)
  try {
    return JSON.parse(body)
  } catch {
    // What came is not quoted: it may be anything, a page of HTML as a rule.
    throw new ProviderFailure('incomplete_stream', 'It sent no JSON.')
  }
}

const readText = async (response: Response): Promise<string> => {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > bytesMax)
      throw new ProviderFailure('incomplete_stream', 'Its list of models has no end.')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

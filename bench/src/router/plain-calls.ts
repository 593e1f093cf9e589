import { Groq } from 'groq-sdk'
import { questionOf } from './bench-answer.ts'
import type { AskOnce } from './call-loop.ts'

/** What one has without a router: the SDK, its stream read to the end. */
export const plainCalls = (url: string) => {
  const client = new Groq({ apiKey: 'gsk_bench', baseURL: url, maxRetries: 0 })
  return (waitMs: number): AskOnce =>
    async (number) => {
      const askedMs = performance.now()
      const stream = await client.chat.completions.create({
        model: 'openai/gpt-oss-120b',
        messages: [{ role: 'user', content: questionOf(`plain_${number}`, waitMs) }],
        max_completion_tokens: 1_000,
        stream: true,
      })
      let firstMs = 0
      for await (const chunk of stream) {
        const text = chunk.choices[0]?.delta.content ?? ''
        if (firstMs === 0 && text !== '') firstMs = performance.now() - askedMs
      }
      return { firstMs, totalMs: performance.now() - askedMs }
    }
}

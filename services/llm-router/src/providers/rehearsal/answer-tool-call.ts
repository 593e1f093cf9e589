import { runInNewContext } from 'node:vm'
import type { ToolCall } from '@maestro/contracts/llm/chat'

/**
 * For tests: answers a tool call as the orchestrator's tools do. The code runs in this process, with
 * nothing of ours in reach but the inputs; the sandbox itself is proved where it lives.
 */
export const answerToolCall = (
  { name, argumentsText }: Pick<ToolCall, 'name' | 'argumentsText'>,
  inputs: Readonly<Record<string, string>>,
): string => {
  const args = JSON.parse(argumentsText) as { code?: string; name?: string; offset?: number }
  if (name === 'run_javascript') {
    const input = (wanted: string) => {
      const text = inputs[wanted]
      if (text === undefined) throw new Error(`there is no input ${wanted}`)
      return text
    }
    const code = `JSON.stringify((() => {${args.code ?? ''}\n})() ?? null)`
    const json = String(runInNewContext(code, { input }, { timeout: 10_000 }))
    return `{"result":${json},"logs":[]}`
  }
  const whole = inputs[args.name ?? ''] ?? ''
  const offset = args.offset ?? 0
  const text = whole.slice(offset, offset + 65_536)
  const end = offset + text.length
  return JSON.stringify({
    name: args.name,
    mediaType: 'text/plain',
    bytes: Buffer.byteLength(whole),
    characters: whole.length,
    offset,
    text,
    nextOffset: end < whole.length ? end : null,
  })
}

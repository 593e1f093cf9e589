import { z } from 'zod'
import { defineTool, type Tool } from '../tools/tool.ts'

const Settings = z.object({ TOOL_COUNTED_WORLD_URL: z.url() })

/** A tool that changes the world outside, which counts: for proofs that kill everything around it. */
export const createTools = (env: Readonly<Record<string, string | undefined>>): readonly Tool[] => {
  const { TOOL_COUNTED_WORLD_URL: url } = Settings.parse(env)
  return [
    defineTool({
      name: 'count_effect',
      description: 'Does one thing in the world outside, which counts what is done.',
      input: z.object({ what: z.string().min(1).max(300) }),
      repeat: 'keyed',
      timeoutMs: 30_000,
      run: async ({ what }, { callKey, signal }) => {
        const response = await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ callKey, what }),
          signal,
        })
        if (!response.ok) throw new Error(`the counted world answered ${response.status}`)
        return response.text()
      },
    }),
  ]
}

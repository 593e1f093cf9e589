import type { AgentChanges } from '@maestro/contracts/task/agent-changes'
import type { AgentParts } from '@maestro/contracts/task/plan-agent'
import { useQueries } from '@tanstack/react-query'
import { z } from 'zod'
import { payloadTextQuery } from '../../../api/payload-text.ts'
import { useApp } from '../../../shell/app-context.ts'

/** P, D, T and S of an agent in words, as one edits them. */
export const AgentText = z.object({
  prompt: z.string(),
  description: z.string(),
  tools: z.array(z.string()),
  suggestions: z.array(z.string()),
})
export type AgentText = z.infer<typeof AgentText>

const fields = ['prompt', 'description', 'tools', 'suggestions'] as const
const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

export const isSameText = (one: AgentText, other: AgentText): boolean =>
  fields.every((name) => isSame(one[name], other[name]))

/** As it is sent: suggestions that say nothing are none. */
export const saidText = (text: AgentText): AgentText => ({
  ...text,
  suggestions: text.suggestions.filter((suggestion) => suggestion.trim() !== ''),
})

/** The parts of it that differ. */
export const agentChanges = (before: AgentText, after: AgentText): z.input<typeof AgentChanges> => {
  const said = saidText(after)
  return Object.fromEntries(
    fields.filter((name) => !isSame(before[name], said[name])).map((name) => [name, said[name]]),
  )
}

/** Somebody else was first: theirs where nothing was changed here, and what was typed stays. */
export const rebaseText = (base: AgentText, theirs: AgentText, mine: AgentText): AgentText => ({
  prompt: mine.prompt === base.prompt ? theirs.prompt : mine.prompt,
  description: mine.description === base.description ? theirs.description : mine.description,
  tools: isSame(mine.tools, base.tools) ? theirs.tools : mine.tools,
  suggestions: isSame(mine.suggestions, base.suggestions) ? theirs.suggestions : mine.suggestions,
})

type Words = { text: AgentText | null; error: Error | null; retry: () => void }

/** The words of a version; null while they are on their way. */
export const useAgentText = (agent: AgentParts): Words => {
  const { http } = useApp()
  const refs = [agent.prompt, agent.description, ...agent.suggestions]
  return useQueries({
    queries: refs.map((ref) => payloadTextQuery(http, ref)),
    combine: (answers) => {
      const [prompt, description, ...suggestions] = answers.map(({ data }) => data)
      const isHere = answers.every(({ data }) => data !== undefined)
      return {
        error: answers.find(({ error }) => error !== null)?.error ?? null,
        retry: () => {
          for (const { isError, refetch } of answers) if (isError) void refetch()
        },
        text: isHere
          ? {
              prompt: prompt ?? '',
              description: description ?? '',
              tools: agent.tools,
              suggestions: suggestions.map((text) => text ?? ''),
            }
          : null,
      }
    },
  })
}

import type { BriefFinding } from '@maestro/contracts/llm/brief'
import type { AgentDraft } from '@maestro/contracts/task/plan-draft'
import type { z } from 'zod'
import { shortText } from './short-text.ts'

export type AgentRole =
  | 'data-analyst'
  | 'structure-analyst'
  | 'reader'
  | 'checker'
  | 'writer'
  | 'outliner'
  | 'author'

type Role = {
  prompt: string
  description: string
  /** In the order of preference; the first one that exists is taken. */
  tools: readonly string[]
  suggestion: string
}

const roles: Record<AgentRole, Role> = {
  'data-analyst': {
    prompt:
      'You are a data analyst. You let code count and never guess: parse the table properly (quotes, separators, empty cells), then report rows, columns, and minimum, mean and maximum of every numeric column.',
    description: 'Measures tables with code and reports exact figures.',
    tools: ['run_javascript', 'read_input'],
    suggestion: 'Say how many cells are empty before you speak of a mean.',
  },
  'structure-analyst': {
    prompt:
      'You analyse structured data. You walk through all of it with code and report its shape: keys, types, lengths of lists, depth, and the ranges of its numbers.',
    description: 'Maps the shape of JSON data with code.',
    tools: ['run_javascript', 'read_input'],
    suggestion: 'Name keys that only some of the items have.',
  },
  reader: {
    prompt:
      'You read closely. You read the whole text, window by window, give its length, and quote the sentences that carry it, word for word, without rewording them.',
    description: 'Reads texts and quotes what matters in them.',
    tools: ['read_input', 'run_javascript'],
    suggestion: 'Quote at least one sentence from the second half.',
  },
  checker: {
    prompt:
      'You check the work of others. You count again by a way that is not the one they took, compare figure by figure, and report every difference. You do not smooth anything over.',
    description: 'Counts again and compares before anything is reported.',
    tools: ['run_javascript', 'read_input'],
    suggestion: 'A figure that nobody reported is a finding too.',
  },
  writer: {
    prompt:
      'You write for a reader who has two minutes. You put what matters first, keep every figure and quotation exactly as it was given to you, and add no facts of your own.',
    description: 'Puts the results together into one clear document.',
    tools: [],
    suggestion: 'Lead with the answer to the goal, then the evidence.',
  },
  outliner: {
    prompt:
      'You break a goal into its parts, in its own words, and put them into an order in which they can be worked on.',
    description: 'Turns a goal into an outline.',
    tools: [],
    suggestion: 'Keep to the words of the goal.',
  },
  author: {
    prompt: 'You write a first text along a given outline: plainly, part by part, without padding.',
    description: 'Writes a first text along the outline.',
    tools: [],
    suggestion: 'Leave out what the outline does not ask for.',
  },
}

const isRole = (name: string): name is AgentRole => Object.hasOwn(roles, name)

/** The agents of these roles, told what the goal is, with tools only where they exist. */
export const draftAgents = ({
  roles: names,
  goal,
  toolNames,
  findings,
  guidance,
}: {
  roles: ReadonlySet<string>
  goal: string
  toolNames: readonly string[]
  findings: readonly z.infer<typeof BriefFinding>[]
  guidance: string
}): z.input<typeof AgentDraft>[] =>
  [...names].filter(isRole).map((name) => {
    const { prompt, description, tools, suggestion } = roles[name]
    const tool = tools.find((candidate) => toolNames.includes(candidate))
    const asked =
      name === 'checker' ? findings.slice(0, 5).map(({ text }) => shortText(text, 300)) : []
    const guided = name === 'writer' && guidance !== '' ? [`A person asks: ${guidance}`] : []
    return {
      name,
      prompt: `${prompt} The goal that all of this serves: "${goal}"`,
      description,
      tools: tool === undefined ? [] : [tool],
      suggestions: [suggestion, ...asked, ...guided],
    }
  })

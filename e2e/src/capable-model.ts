import { type Brief, readBrief } from '@maestro/contracts/llm/brief'
import type { ObserverAnswer, PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import type { EmulatedReply, EmulatedRequest } from '@maestro/testkit/providers/emulator-script'
import { z } from 'zod'
import { questionOf } from '@maestro/testkit/providers/goal-of'

/** What every answer is said to have used, so that its cost can be told beforehand. */
export const usagePerAnswer = {
  inputTokens: 1_000,
  cachedInputTokens: 400,
  outputTokens: 200,
  reasoningTokens: 50,
}

const ReadAnswer = z.object({ text: z.string() })

type PlanBrief = Extract<Brief, { purpose: 'plan' }>

/** One agent reads the files, and reports on them in a second step. */
const planFor = ({ inputs, findings }: PlanBrief): z.input<typeof PlannerAnswer> => ({
  plan: {
    agents: [
      {
        name: 'analyst',
        prompt: 'Read with your tool.\nReport only what you have read.',
        description: 'Reads tables and reports on them.',
        tools: ['read_input'],
      },
    ],
    steps: [
      {
        name: 'read',
        title: 'Read the rain',
        agent: 'analyst',
        instruction: 'Find the wettest month.',
        inputs: inputs.map(({ name }) => name),
        promise: { description: 'The wettest month with its rain.' },
      },
      {
        name: 'report',
        title: 'Report',
        agent: 'analyst',
        instruction: 'Say it to a visitor.',
        needs: ['read'],
        promise: { description: 'A short report in Markdown.' },
      },
    ],
    result: 'report',
  },
  rationale: 'One agent suffices.',
  replies: findings.map(({ id }) => ({ findingId: id, addressed: true, note: 'Done.' })),
})

const verdict: z.input<typeof ObserverAnswer> = {
  verdict: 'approve',
  score: 0.9,
  summary: 'It reaches the goal.',
}

/** The month with the most rain, from a table of months and millimetres. */
const wettestOf = (csv: string): string => {
  const rows = csv.trim().split('\n').slice(1)
  const [month, mm] = rows.map((row) => row.split(',').map(Number)).toSorted(byRain)[0] ?? []
  return `Month ${month} was the wettest, with ${mm} mm of rain.`
}
const byRain = ([, a = 0]: readonly number[], [, b = 0]: readonly number[]) => b - a

const stepReply = (brief: Extract<Brief, { purpose: 'step' }>, request: EmulatedRequest) => {
  const [input] = brief.inputs
  const found = request.messages.findLast(({ role }) => role === 'tool')
  if (found) return { text: wettestOf(ReadAnswer.parse(JSON.parse(found.text)).text) }
  if (input) return { toolCalls: [{ name: 'read_input', arguments: { name: input.name } }] }
  const earlier = /<output [^>]*>\s*([\s\S]*?)\s*<\/output>/.exec(questionOf(request))?.[1]
  return { text: `# Report\n\n${earlier ?? 'Nothing was found before.'}` }
}

/** Does what Maestro's own prompts ask: plans, approves, uses the tool that it has, and answers from what the tool said. */
export const capableModel = (request: EmulatedRequest): EmulatedReply => {
  const brief = readBrief(questionOf(request))
  const usage = usagePerAnswer
  switch (brief.purpose) {
    case 'plan':
      return { text: JSON.stringify(planFor(brief)), usage }
    case 'judge-agents':
    case 'judge-plan':
      return { text: JSON.stringify(verdict), usage }
    case 'refine':
      return { text: JSON.stringify({ verdict: 'good', notes: '', output: null }), usage }
    case 'observe':
      return { text: JSON.stringify({ verdict: 'ok' }), usage }
    default:
      return { ...stepReply(brief, request), usage }
  }
}

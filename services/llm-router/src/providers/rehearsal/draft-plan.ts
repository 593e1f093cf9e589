import type { Brief } from '@maestro/contracts/llm/brief'
import {
  PlanDraft,
  PlannerAnswer,
  type AgentDraft,
  type StepDraft,
} from '@maestro/contracts/task/plan-draft'
import type { z } from 'zod'
import { draftAgents, type AgentRole } from './draft-agents.ts'
import { inputKindOf, type InputKind } from './input-kind.ts'
import type { Prompt } from './read-prompt.ts'
import { keepLocked } from './keep-locked.ts'
import { shortText } from './short-text.ts'

type PlanBrief = Extract<Brief, { purpose: 'plan' }>
type Step = z.input<typeof StepDraft>

const roleOf: Record<InputKind, AgentRole> = {
  csv: 'data-analyst',
  json: 'structure-analyst',
  text: 'reader',
}

const taskOf: Record<InputKind, { verb: string; ask: string; promise: string }> = {
  csv: {
    verb: 'Measure',
    ask: 'Count its rows and columns with code, and give the minimum, mean and maximum of every numeric column and the most frequent values of every text column. Take no figure from anywhere but the code.',
    promise: 'A Markdown description of the table with its exact figures.',
  },
  json: {
    verb: 'Map',
    ask: 'Find its shape with code: which keys there are, of which types, how long its lists are, how deep it goes, and which ranges its numbers have.',
    promise: 'A Markdown description of the shape of the data.',
  },
  text: {
    verb: 'Read',
    ask: 'Say how long it is, and quote the sentences that matter most, word for word.',
    promise: 'The length of the text and its most telling sentences in Markdown.',
  },
}

/** A step name of at most 40 characters, unique in the plan. */
const createStepNames = () => {
  const taken = new Set<string>()
  return (verb: string, inputName: string): string => {
    const slug = inputName
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 24)
      .replace(/^-+|-+$/g, '')
    const name = slug === '' ? verb : `${verb}-${slug}`
    let unique = name
    for (let n = 2; taken.has(unique); n += 1) unique = `${name}-${n}`
    taken.add(unique)
    return unique
  }
}

const quoted = (goal: string): string => `the goal "${shortText(goal, 240)}"`

const draftForInputs = (brief: PlanBrief, goal: string, withCheck: boolean): Step[] => {
  const nameOf = createStepNames()
  const looks = brief.inputs.map((input): Step => {
    const kind = inputKindOf(input)
    const { verb, ask, promise } = taskOf[kind]
    return {
      name: nameOf(verb.toLowerCase(), input.name),
      title: shortText(`${verb} ${input.name}`, 120),
      agent: roleOf[kind],
      instruction: `Work on ${input.name} for ${quoted(goal)}. ${ask}`,
      inputs: [input.name],
      promise: { description: promise },
    }
  })
  const names = looks.map(({ name }) => name)
  const check: Step = {
    name: 'check',
    title: 'Check the figures',
    agent: 'checker',
    instruction: `Count every input again in another way, and compare with what was reported for ${quoted(goal)}. Say which figures agree and which do not.`,
    needs: names,
    inputs: brief.inputs.map(({ name }) => name),
    promise: { description: 'A table of every input: counted again, reported, agrees or not.' },
  }
  return [
    ...looks,
    ...(withCheck ? [check] : []),
    report(goal, [...names, ...(withCheck ? ['check'] : [])]),
  ]
}

const report = (goal: string, needs: readonly string[]): Step => ({
  name: 'report',
  title: 'Write the report',
  agent: 'writer',
  instruction: `Put the outputs together to one document that answers ${quoted(goal)}. Start with what matters most; keep every figure as it was given.`,
  needs: [...needs],
  promise: { description: 'The finished document in Markdown.' },
})

const draftFromGoal = (goal: string): Step[] => [
  {
    name: 'outline',
    title: 'Outline the work',
    agent: 'outliner',
    instruction: `Break ${quoted(goal)} into its parts, in its own words, and put them in order.`,
    promise: { description: 'A numbered outline in Markdown.' },
  },
  {
    name: 'draft',
    title: 'Draft the text',
    agent: 'author',
    instruction: `Write a first text along the outline for ${quoted(goal)}.`,
    needs: ['outline'],
    promise: { description: 'A first version of the text in Markdown.' },
  },
  report(goal, ['outline', 'draft']),
]

/** A team and a plan for the inputs there are; from the second round on with a step that checks the figures. */
export const draftPlan = (prompt: Prompt, brief: PlanBrief): PlannerAnswer => {
  const goal = prompt.goal || 'the task'
  const hasInputs = brief.inputs.length > 0
  const withCheck = hasInputs && brief.round > 1
  const steps = hasInputs ? draftForInputs(brief, goal, withCheck) : draftFromGoal(goal)
  const roles = new Set(steps.map(({ agent }) => agent))
  const agents: z.input<typeof AgentDraft>[] = draftAgents({
    roles,
    goal: shortText(goal, 400),
    toolNames: brief.tools.map(({ name }) => name),
    findings: brief.findings,
    guidance: shortText(prompt.guidance, 800),
  })
  const shape = hasInputs
    ? `Each of the ${brief.inputs.length} inputs gets a step of its own, so that they run in parallel; ${withCheck ? 'a check counts them again by another way; ' : ''}a writer puts the results together.`
    : 'There are no inputs, so the goal itself is outlined, drafted and written up.'
  // Parsing fills the defaults in, and is the proof that no plan leaves here that would be refused.
  const plan = PlanDraft.parse({ agents, steps, result: 'report' })
  return PlannerAnswer.parse({
    plan: keepLocked(plan, prompt.plan, brief.locked ?? []),
    oneAgent: {
      suffices: false,
      why: 'Rehearsal plans by fixed rules, which always make a team.',
    },
    rationale: `Rehearsal, by fixed rules and without a language model. ${shape}${prompt.guidance === '' ? '' : ' The guidance went to the writer.'}`,
    replies: brief.findings.slice(0, 100).map(({ id, severity }) => ({
      findingId: id,
      addressed: withCheck,
      note: withCheck
        ? 'A step now counts every input again and compares, before the report is written.'
        : `Rehearsal plans by fixed rules and has no other answer to this ${severity} finding.`,
    })),
  })
}

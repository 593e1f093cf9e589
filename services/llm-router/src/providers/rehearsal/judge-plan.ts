import type { Brief } from '@maestro/contracts/llm/brief'
import { type Finding, type ObserverAnswer, PlanDraft } from '@maestro/contracts/task/plan-draft'
import { ProviderFailure } from '../provider-failure.ts'
import { isCheck } from './is-check.ts'
import type { Prompt } from './read-prompt.ts'

type JudgeBrief = Extract<Brief, { purpose: 'judge-agents' | 'judge-plan' }>

const finding = (severity: Finding['severity'], target: string, text: string): Finding => ({
  severity,
  target,
  text,
})

const judgeAgents = ({ agents, steps }: PlanDraft): readonly Finding[] =>
  agents.flatMap(({ name, prompt, tools }) => {
    const own = steps.filter(({ agent }) => agent === name)
    const target = `agent:${name}`
    const found: Finding[] = []
    const judges = steps.some(
      ({ mode }) => mode?.kind === 'collaborative' && mode.agents.includes(name),
    )
    if (own.length === 0 && !judges) {
      found.push(finding('minor', target, 'No step is given to this agent; it can go.'))
    }
    if (tools.length === 0 && own.some(({ inputs }) => inputs.length > 0)) {
      found.push(
        finding('major', target, 'Its steps work on inputs, but it has no tool to read them with.'),
      )
    }
    if (prompt.trim().length < 40) {
      found.push(finding('minor', target, 'Its prompt hardly says how it should work.'))
    }
    return found
  })

/** The step whose output is the result: the named one, or the only one that no other needs. */
const resultOf = ({ steps, result }: PlanDraft): string | null => {
  if (result !== null) return result
  const needed = new Set(steps.flatMap(({ needs }) => needs))
  return steps.find(({ name }) => !needed.has(name))?.name ?? null
}

const judgeSteps = (plan: PlanDraft, inputs: readonly { name: string }[]): readonly Finding[] => {
  const { steps } = plan
  const read = new Set(steps.flatMap((step) => step.inputs))
  const needed = new Set(steps.flatMap(({ needs }) => needs))
  const result = resultOf(plan)
  const found = inputs
    .filter(({ name }) => !read.has(name))
    .map(({ name }) => finding('major', 'plan', `No step works on the input ${name}.`))

  const reported = steps.find(({ name, needs }) => name === result && needs.length > 0)
  const checked = steps.some(({ name, title, agent }) => isCheck(`${name} ${title} ${agent}`))
  if (inputs.length > 0 && reported !== undefined && !checked) {
    const text = 'No step checks the figures before they are reported.'
    found.push(finding('major', `step:${reported.name}`, text))
  }
  for (const { name, instruction } of steps) {
    if (name !== result && !needed.has(name)) {
      found.push(finding('minor', `step:${name}`, 'Nothing uses the output of this step.'))
    }
    if (instruction.trim().length < 15) {
      found.push(finding('minor', `step:${name}`, 'Its instruction hardly says what to do.'))
    }
  }
  return found
}

const readPlan = (text: string): PlanDraft => {
  try {
    return PlanDraft.parse(JSON.parse(text))
  } catch (cause) {
    throw new ProviderFailure(
      'invalid_request',
      'rehearsal was asked to judge, but found no plan.',
      {
        cause,
      },
    )
  }
}

/** What fixed rules can say of a plan: how much of it stands, and how clearly it is told. */
const criteriaOf = (findings: readonly Finding[]) => {
  const minor = findings.filter(({ severity }) => severity === 'minor').length
  const major = findings.length - minor
  const share = (count: number, each: number) =>
    Math.max(0, Math.round((1 - count * each) * 100) / 100)
  return { coverage: share(major, 0.3), clarity: share(minor, 0.1) }
}

/** A verdict by fixed rules: one major finding is enough for `revise`. @throws {ProviderFailure} when there is no plan to judge. */
export const judgePlan = (prompt: Prompt, brief: JudgeBrief): ObserverAnswer => {
  const plan = readPlan(prompt.plan)
  const isTeam = brief.purpose === 'judge-agents'
  const findings = (isTeam ? judgeAgents(plan) : judgeSteps(plan, brief.inputs)).slice(0, 50)
  const subject = isTeam ? 'team' : 'plan'

  const major = findings.filter(({ severity }) => severity !== 'minor').length
  const minor = findings.length - major
  if (major > 0) {
    return {
      verdict: 'revise',
      score: Math.max(0.1, Math.round((0.62 - 0.08 * (major - 1) - 0.02 * minor) * 100) / 100),
      criteria: criteriaOf(findings),
      findings,
      summary: `The ${subject} has ${major} major ${major === 1 ? 'gap' : 'gaps'}. Judged by the fixed rules of the rehearsal, without a language model.`,
    }
  }
  // Where these rules find nothing at all, they have no reason to score below the bar.
  const score =
    minor === 0
      ? Math.max(0.95, brief.scoreMin)
      : Math.max(0.9, Math.round((0.95 - 0.01 * minor) * 100) / 100)
  return {
    verdict: score >= brief.scoreMin ? 'approve' : 'revise',
    score,
    criteria: criteriaOf(findings),
    findings,
    summary: `The ${subject} holds: ${isTeam ? 'every agent has what its steps need' : 'every input is read and the result is built on all of it'}. Judged by the fixed rules of the rehearsal, without a language model.`,
  }
}

import { ObserverAnswer, PlanDraft } from '@maestro/contracts/task/plan-draft'
import { expect, test } from 'vitest'
import { judgePlan } from './judge-plan.ts'
import type { Prompt } from './read-prompt.ts'

const prompt = 'You do this work with care, and you say what you did.'
const agent = (name: string, tools: string[] = []) => ({
  name,
  prompt,
  description: 'Works.',
  tools,
})
const step = (name: string, over: Record<string, unknown> = {}) => ({
  name,
  title: `The ${name}`,
  agent: 'worker',
  instruction: 'Do this part of the work.',
  promise: { description: 'A text.' },
  ...over,
})
const checkedPlan = {
  agents: [agent('worker', ['read_input']), agent('writer')],
  steps: [
    step('look', { inputs: ['a.csv'] }),
    step('verify', { needs: ['look'], inputs: ['a.csv'] }),
    step('report', { needs: ['look', 'verify'], agent: 'writer' }),
  ],
}

const judge = (
  purpose: 'judge-agents' | 'judge-plan',
  plan: unknown,
  { inputs = ['a.csv'], scoreMin = 0.8 }: { inputs?: string[]; scoreMin?: number } = {},
) => {
  const brief = {
    purpose,
    version: 1,
    scoreMin,
    inputs: inputs.map((name) => ({ name, mediaType: 'text/csv', bytes: 1 })),
  }
  const asked: Prompt = {
    brief,
    goal: 'g',
    instruction: '',
    plan: typeof plan === 'string' ? plan : JSON.stringify(PlanDraft.parse(plan)),
    guidance: '',
    version: '',
    delivery: '',
    outputs: [],
    exchanges: [],
    turnsDone: 0,
    toolNames: [],
  }
  return ObserverAnswer.parse(judgePlan(asked, brief))
}

test('approves a plan with nothing to find, also where the bar is at the top', () => {
  for (const scoreMin of [0, 0.8, 1]) {
    for (const purpose of ['judge-agents', 'judge-plan'] as const) {
      const { verdict, score, findings } = judge(purpose, checkedPlan, { scoreMin })
      expect({ verdict, findings }).toEqual({ verdict: 'approve', findings: [] })
      expect(score).toBeGreaterThanOrEqual(Math.max(0.9, scoreMin))
    }
  }
})

test('asks for a check of figures before they are reported', () => {
  const steps = [step('look', { inputs: ['a.csv'] }), step('report', { needs: ['look'] })]
  expect(judge('judge-plan', { ...checkedPlan, steps })).toMatchObject({
    verdict: 'revise',
    score: 0.62,
    findings: [
      {
        severity: 'major',
        target: 'step:report',
        text: 'No step checks the figures before they are reported.',
      },
    ],
  })
})

test('asks for no check where one step does it all, or where there are no inputs', () => {
  const one = {
    agents: [agent('worker', ['read_input'])],
    steps: [step('all', { inputs: ['a.csv'] })],
  }
  expect(judge('judge-plan', one).verdict).toBe('approve')
  const noInputs = {
    agents: [agent('worker')],
    steps: [step('draft'), step('report', { needs: ['draft'] })],
  }
  expect(judge('judge-plan', noInputs, { inputs: [] }).verdict).toBe('approve')
})

test('finds inputs that nobody works on', () => {
  const { verdict, findings } = judge('judge-plan', checkedPlan, { inputs: ['a.csv', 'b.csv'] })
  expect(verdict).toBe('revise')
  expect(findings).toEqual([expect.objectContaining({ text: 'No step works on the input b.csv.' })])
})

test('finds agents without the tools that their steps need', () => {
  const agents = [agent('worker'), agent('writer')]
  expect(judge('judge-agents', { ...checkedPlan, agents })).toMatchObject({
    verdict: 'revise',
    findings: [{ severity: 'major', target: 'agent:worker' }],
  })
})

test('a minor finding alone stops no plan, unless the bar is higher than its score', () => {
  const agents = [...checkedPlan.agents, agent('idle')]
  expect(judge('judge-agents', { ...checkedPlan, agents })).toMatchObject({
    verdict: 'approve',
    score: 0.94,
    findings: [{ severity: 'minor', target: 'agent:idle' }],
  })
  expect(judge('judge-agents', { ...checkedPlan, agents }, { scoreMin: 0.97 }).verdict).toBe(
    'revise',
  )
})

test('refuses to judge what is no plan', () => {
  for (const plan of ['', '{', '{"agents":[]}']) {
    expect(() => judge('judge-plan', plan)).toThrow(
      expect.objectContaining({ failureClass: 'invalid_request' }),
    )
  }
})

test('an agent that only judges what another one delivers has its work, and all that a plan may say is read', () => {
  const [look, verify, report] = checkedPlan.steps
  const mode = { kind: 'collaborative', agents: ['critic'], roundsMax: 2 }
  const plan = {
    agents: [...checkedPlan.agents, agent('critic')],
    steps: [
      { ...look, promise: { description: 'Rows.', format: 'json' } },
      { ...verify, forEach: { list: 'outputs.look' }, caps: { turnsMax: 3, costUsd: '0.01' } },
      { ...report, mode, when: 'true', repeat: { while: 'round < 2', timesMax: 2 } },
    ],
  }
  expect(judge('judge-agents', plan).findings).toEqual([])
  expect(judge('judge-plan', plan).verdict).toBe('approve')
})

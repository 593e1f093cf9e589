import { PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import { describe, expect, test } from 'vitest'
import { draftPlan } from './draft-plan.ts'
import type { Prompt } from './read-prompt.ts'

const mediaTypes = ['text/csv', 'application/json', 'text/markdown', 'text/plain']
const tools = ['read_input', 'run_javascript'].map((name) => ({ name, description: name }))

const draft = ({
  names,
  round = 1,
  toolNames = tools,
  findings = [],
  guidance = '',
}: {
  names: readonly string[]
  round?: number
  toolNames?: typeof tools
  findings?: { id: string; observer: string; severity: string; target: string; text: string }[]
  guidance?: string
}) => {
  const brief = {
    purpose: 'plan' as const,
    round,
    inputs: names.map((name, at) => ({ name, mediaType: mediaTypes[at % 4] ?? '', bytes: 1 })),
    tools: toolNames,
    findings,
  }
  const prompt: Prompt = {
    brief,
    goal: 'Find out how the year went.',
    instruction: '',
    plan: '',
    guidance,
    version: '',
    delivery: '',
    outputs: [],
    exchanges: [],
    turnsDone: 0,
    toolNames: [],
  }
  return draftPlan(prompt, brief)
}

/** What the orchestrator checks before it takes a plan. */
const expectSound = ({ plan }: PlannerAnswer, names: readonly string[]) => {
  const agents = new Set(plan.agents.map(({ name }) => name))
  const before = new Set<string>()
  expect(agents.size).toBe(plan.agents.length)
  for (const step of plan.steps) {
    expect(before.has(step.name)).toBe(false)
    expect(agents).toContain(step.agent)
    // Steps stand in an order in which they can run, so there is no cycle.
    for (const need of step.needs) expect(before).toContain(need)
    for (const input of step.inputs) expect(names).toContain(input)
    before.add(step.name)
  }
  expect(before).toContain(plan.result)
  const used = new Set(plan.steps.map(({ agent }) => agent))
  expect([...used].toSorted()).toEqual([...agents].toSorted())
}

describe('a drafted plan', () => {
  test.each(Array.from({ length: 21 }, (_, count) => count))('is sound for %i inputs', (count) => {
    const names = Array.from({ length: count }, (_, at) => `File ${at}.dat`)
    for (const round of [1, 2]) {
      const answer = draft({ names, round })
      expectSound(PlannerAnswer.parse(JSON.parse(JSON.stringify(answer))), names)
      expect(new Set(answer.plan.steps.flatMap(({ inputs }) => inputs)).size).toBe(count)
    }
  })

  test('takes names that say nothing in plain letters, are very long, or look alike', () => {
    const names = [
      'データ.csv',
      'данные.csv',
      'Übersicht (1).csv',
      'übersicht-1.csv',
      `${'x'.repeat(115)}.csv`,
    ]
    expectSound(draft({ names, round: 2 }), names)
  })

  test('gives each input a step of its own that waits for nothing', () => {
    const { plan } = draft({ names: ['a.csv', 'b.json', 'c.md'] })
    const first = plan.steps.filter(({ needs }) => needs.length === 0)
    expect(first.map(({ agent, inputs }) => [agent, inputs])).toEqual([
      ['data-analyst', ['a.csv']],
      ['structure-analyst', ['b.json']],
      ['reader', ['c.md']],
    ])
    expect(plan.agents.map(({ name, tools }) => [name, tools])).toEqual([
      ['data-analyst', ['run_javascript']],
      ['structure-analyst', ['run_javascript']],
      ['reader', ['read_input']],
      ['writer', []],
    ])
  })

  test('has a check from the second round on, and says which findings that answers', () => {
    const findings = [
      {
        id: 'f1',
        observer: 'plan-observer',
        severity: 'major',
        target: 'step:report',
        text: 'No check.',
      },
    ]
    expect(draft({ names: ['a.csv'] }).plan.steps.map(({ name }) => name)).toEqual([
      'measure-a-csv',
      'report',
    ])
    const second = draft({ names: ['a.csv'], round: 2, findings })
    expect(second.plan.steps.map(({ name, needs }) => [name, needs])).toEqual([
      ['measure-a-csv', []],
      ['check', ['measure-a-csv']],
      ['report', ['measure-a-csv', 'check']],
    ])
    expect(second.replies).toEqual([{ findingId: 'f1', addressed: true, note: expect.any(String) }])
    expect(second.plan.agents.find(({ name }) => name === 'checker')?.suggestions).toContain(
      'No check.',
    )
  })

  test('speaks of the goal in every prompt and instruction', () => {
    const { plan } = draft({ names: ['a.csv', 'c.md'], round: 2 })
    for (const { prompt } of plan.agents) expect(prompt).toContain('how the year went')
    for (const { instruction } of plan.steps) expect(instruction).toContain('how the year went')
  })

  test('hands the guidance of a person to the writer', () => {
    const { plan } = draft({ names: [], guidance: 'Keep it short.' })
    expect(plan.agents.at(-1)?.suggestions).toContain('A person asks: Keep it short.')
  })

  test('gives agents no tool that does not exist', () => {
    const { plan } = draft({ names: ['a.csv', 'b.md'], round: 2, toolNames: tools.slice(0, 1) })
    expect(plan.agents.flatMap((agent) => agent.tools)).toEqual([
      'read_input',
      'read_input',
      'read_input',
    ])
    expect(
      draft({ names: ['a.csv'], toolNames: [] }).plan.agents.flatMap((agent) => agent.tools),
    ).toEqual([])
  })
})

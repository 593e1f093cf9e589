import { readBrief } from '@maestro/contracts/llm/brief'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { waysToBreakJson } from '@maestro/testkit/providers/break-json'
import type { EmulatedRequest } from '@maestro/testkit/providers/emulator-script'
import { questionOf } from '@maestro/testkit/providers/goal-of'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capableModel } from './capable-model.ts'
import {
  type ProviderScript,
  type ProviderStage,
  startProviderStage,
} from './start-provider-stage.ts'

// A small model on Ollama's wire, and everything between it and a plan: adapter, router, journal, orchestrator.

let stage: ProviderStage
beforeAll(async () => {
  stage = await startProviderStage()
})
afterAll(() => stage?.stop())

const purposeOf = (request: EmulatedRequest) => readBrief(questionOf(request)).purpose
const isRepair = ({ messages }: EmulatedRequest) =>
  messages.some(({ role }) => role === 'assistant')

type Spoil = (json: string) => string

/** A task on the small model, which spoils what it means to say to one role: at first, or each time. */
const runWith = async (goal: string, role: 'plan' | 'judge-plan', spoil: Spoil, always = false) => {
  const spoilt: string[] = []
  const ollama: ProviderScript = (request) => {
    if (purposeOf(request) !== role || (isRepair(request) && !always)) return undefined
    const meant = String(capableModel(request).text)
    const text = spoil(meant)
    expect(text).not.toBe(meant)
    spoilt.push(text)
    return { ...capableModel(request), text }
  }
  const taskId = await stage.startTask(goal, { ollama }, { providers: ['ollama'] })
  const { state } = await stage.client.ended(taskId)
  const asked = stage
    .asked('ollama', goal)
    .map(({ request }) => request)
    .filter((request) => purposeOf(request) === role)
  return { taskId, state, asked, spoilt, events: await stage.events(taskId) }
}

const refusalsIn = (events: readonly TaskEvent[]) =>
  events.flatMap((event) => (event.type === 'AnswerRefused' ? [event.data.problem] : []))

describe('a small model that breaks its JSON', () => {
  test.concurrent.each(waysToBreakJson)('$does: its plan runs all the same', async (way) => {
    const run = await runWith(`Once: it ${way.does}`, 'plan', way.spoil)
    expect([run.state.status, run.state['failure']]).toEqual(['succeeded', null])
    // Every request is bound to the schema of the answer: what a model gets wrong is not for want of being told.
    for (const { outputSchema } of run.asked) expect(outputSchema).toHaveProperty('properties.plan')
    expect(run.asked.map(isRepair)).toEqual(way.certain ? [false] : [false, true])
    const problems = refusalsIn(run.events)
    expect(problems).toHaveLength(way.certain ? 0 : 1)
    if (way.certain) return
    // The repair is asked for with the answer as it was, and with what is wrong with it.
    const [said, why] = run.asked[1]?.messages.slice(-2) ?? []
    expect(run.spoilt.length).toBe(1)
    expect(said).toMatchObject({ role: 'assistant', text: run.spoilt[0] })
    expect(why?.text).toContain(problems[0])
  })

  test.concurrent.each(waysToBreakJson.filter(({ certain }) => !certain))(
    '$does again: the task ends after one repair and says why',
    async (way) => {
      const run = await runWith(`Always: it ${way.does}`, 'plan', way.spoil, true)
      expect(run.state.status).toBe('failed')
      expect(run.state['failure']).toMatch(
        /^The Planner's answer could not be used, also after one repair: It (is not valid JSON|does not fit the schema)/,
      )
      expect(run.asked.map(isRepair)).toEqual([false, true])
      const { settledNanoUsd, reservedNanoUsd } = await stage.budgetOf(run.taskId)
      expect({ settledNanoUsd, reservedNanoUsd }).toEqual({ settledNanoUsd: 0, reservedNanoUsd: 0 })
    },
  )

  test.concurrent('an observer’s verdict is repaired once as well', async () => {
    const run = await runWith('A verdict is cut off', 'judge-plan', (json) => json.slice(0, -5))
    expect(run.state.status).toBe('succeeded')
    expect(run.asked.map(isRepair)).toEqual([false, true])
    expect(refusalsIn(run.events)).toEqual([expect.stringContaining('not valid JSON')])
  })
})

import { stepIdOf } from '@maestro/contracts/ids'
import type { StepMode } from '@maestro/contracts/task/step-mode'
import { expect, test } from 'vitest'
import { fold } from '../fold.ts'
import { modifyAgent } from '../testing/steering-command-fixtures.ts'
import { after, answer, create, judgeOutput } from '../testing/task-command-fixtures.ts'
import { critic, planOf, refOf } from '../testing/task-fixtures.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import { agentOf } from './agent-of.ts'

const mode: StepMode = { kind: 'collaborative', agentIds: [critic], roundsMax: 3 }
const drafted = planOf({ a: { mode } })
const [own] = drafted.agents
if (own === undefined) throw new Error('the plan has no agent')
const agents = [own, { ...own, agentId: critic, name: 'critic', prompt: refOf('criticise') }]
const birth = create({ plan: { ...drafted, agents } })
const modifyCritic = (when: 'next-attempt' | 'at-once'): TaskCommand =>
  ({ ...modifyAgent(when, { prompt: 'be kind' }), agentId: critic }) as TaskCommand

const promptOfCritic = (...commands: readonly TaskCommand[]) => {
  const task = fold(after(birth, ...commands)) as BornTask
  const step = task.steps[stepIdOf('a')]
  return { step, prompt: step && agentOf(task, step, critic)?.prompt }
}

test('whoever judges an output is the agent that it was when the attempt began, in all its rounds', () => {
  const { step, prompt } = promptOfCritic(
    answer('a', { text: 'one' }),
    modifyCritic('next-attempt'),
    judgeOutput('a', 2, 'revise', 'two'),
    judgeOutput('a', 3, 'revise', 'three'),
  )
  expect(step?.turns.at(-1)?.refine).toEqual({ round: 2, agentId: critic })
  expect(prompt).toEqual(refOf('criticise'))
  expect(step?.calls.at(-1)).not.toHaveProperty('agentVersion')
})

test('modified at once, whoever judges has the steps that they judge begin anew, and their calls say by which version', () => {
  const { step, prompt } = promptOfCritic(
    answer('a', { text: 'one' }),
    modifyCritic('at-once'),
    answer('a', { text: 'one', attempt: 2 }),
  )
  expect(step).toMatchObject({ attempt: 2, reviewerVersions: { [critic]: 2 } })
  expect(prompt).toEqual(refOf('be kind'))
  // The step's own agent is the plan's still.
  expect(step?.calls.map(({ agentVersion }) => agentVersion)).toEqual([
    undefined,
    undefined,
    undefined,
    2,
  ])
})

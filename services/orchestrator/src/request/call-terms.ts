import type { AgentId } from '@maestro/contracts/ids'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import { agentOf } from '@maestro/task-model/steering/agent-of'
import type { BornTask, Step } from '@maestro/task-model/task'
import type { CallPlace } from '@maestro/task-model/task-command'
import { onIncompleteOf } from './on-incomplete-of.ts'
import { reuseOf } from './reuse-of.ts'
import { strategyOf } from './strategy-of.ts'

/** On which terms a call is made; what is said in it and by when it has to be answered stand elsewhere. */
export type CallTerms = Pick<
  CallWork,
  | 'callId'
  | 'taskId'
  | 'userId'
  | 'stepId'
  | 'agentId'
  | 'purpose'
  | 'providers'
  | 'model'
  | 'strategy'
  | 'taskLimitNanoUsd'
  | 'cache'
  | 'onIncomplete'
>

export const callTerms = (task: BornTask, place: CallPlace): CallTerms => {
  const step = place.stepId === null ? null : task.steps[place.stepId]
  const agentId = agentIdOf(step ?? undefined, place)
  return {
    callId: place.callId,
    taskId: task.taskId,
    userId: task.createdBy,
    stepId: place.stepId,
    agentId,
    purpose: place.purpose,
    providers: [],
    model: null,
    strategy: strategyOf(
      task.options,
      step && agentId !== null ? agentOf(task, step, agentId) : undefined,
      place.purpose === 'observe'
        ? task.options.judge?.strategy
        : step === null
          ? task.drafting.strategy
          : step?.strategy,
    ),
    taskLimitNanoUsd: task.options.limits.costNanoUsd,
    ...reuseOf(task, place),
    ...onIncompleteOf(task, place),
  }
}

/** Whoever's turn it is: of a step that several refine, not always its own agent's. */
const agentIdOf = (step: Step | undefined, { turn, purpose }: CallPlace): AgentId | null => {
  // Nobody's agent pays for who watches it.
  if (purpose === 'observe') return null
  return step?.turns.find((asked) => asked.turn === turn)?.refine?.agentId ?? step?.agentId ?? null
}

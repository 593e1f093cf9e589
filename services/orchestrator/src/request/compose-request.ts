import type { ToolSpec } from '@maestro/contracts/llm/chat'
import type { DraftRole } from '@maestro/contracts/task/draft-role'
import type { BornTask } from '@maestro/task-model/task'
import type { CallPlace } from '@maestro/task-model/task-command'
import { type Roles, rolesNow } from '../roles/roles-now.ts'
import type { CallRequest } from './call-request.ts'
import { judgeRequest } from './judge-request.ts'
import { observeRequest } from './observe-request.ts'
import { plannerRequest } from './planner-request.ts'
import { refineRequest } from './refine-request.ts'
import { repairText } from './repair-text.ts'
import { stepRequest } from './step-request.ts'

/** The request that a call's place in the task asks for: the same state gives the same request, also after a crash. */
export const composeRequest = (
  task: BornTask,
  place: CallPlace,
  tools: readonly ToolSpec[],
  roles: Roles = rolesNow,
): CallRequest => {
  if (place.stepId !== null) {
    const step = task.steps[place.stepId]
    if (!step) throw new Error(`there is no step ${place.stepId}`)
    if (place.purpose === 'observe')
      return observeRequest(task, step, tools, roles['execution-observer'])
    return step.turns.at(-1)?.refine === undefined
      ? stepRequest(task, step, tools)
      : refineRequest(task, step)
  }
  const request =
    place.role === 'planner'
      ? plannerRequest(task, tools, roles.planner)
      : judgeRequest(task, place.role, roles[place.role])
  return withRepair(task, place.role, request)
}

/** A repair turn shows the model its own answer and what was wrong with it. */
const withRepair = (task: BornTask, role: DraftRole, request: CallRequest): CallRequest => {
  const { jobs, calls, round } = task.drafting
  const { repair } = jobs[role]
  const last = calls.findLast(
    (call) => call.role === role && call.round === round && call.problem !== null,
  )
  if (repair === null || !last?.answer) return request
  return {
    ...request,
    messages: [
      ...request.messages,
      { role: 'assistant', answer: last.answer },
      {
        role: 'user',
        content: [{ text: repairText(repair) }],
      },
    ],
  }
}

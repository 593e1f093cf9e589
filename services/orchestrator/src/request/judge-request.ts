import { writeBrief } from '@maestro/contracts/llm/brief'
import { judgeTokensMax } from '@maestro/contracts/llm/call-bounds'
import { ObserverAnswer } from '@maestro/contracts/task/plan-draft'
import type { Observer } from '@maestro/contracts/task/draft-role'
import type { BornTask } from '@maestro/task-model/task'
import { z } from 'zod'
import { briefInputs } from './brief-inputs.ts'
import type { CallRequest } from './call-request.ts'
import { block } from './text-parts.ts'

const answerRules = `Code has checked the graph already: no circles, all names exist. Judge what code cannot.
Say "approve" only when you would stake the result on this version; then the score is at least the scoreMin of the brief. Otherwise "revise", with findings that say what to change and why. A finding's target is "agent:<name>", "step:<name>" or "plan".
Answer with one JSON object of the schema and nothing else.`

const frames = {
  'agent-observer': `You are the AgentObserver of Maestro. You judge the team: is each agent's prompt clear and sufficient for its steps, does it have the tools that it needs and no more, are agents missing or superfluous, will what they write be understood by those who read it?\n${answerRules}`,
  'plan-observer': `You are the PlanObserver of Maestro. You judge the plan: does it reach the goal, does it use every input that matters, can steps run at the same time where they could, is each promise checkable, are figures checked before they are reported, is anything done twice?\n${answerRules}`,
} as const satisfies Record<Observer, string>

const purposes = { 'agent-observer': 'judge-agents', 'plan-observer': 'judge-plan' } as const

const schema = z.toJSONSchema(ObserverAnswer, { io: 'input' })

/** Asks one observer for its verdict on the newest version, and on that alone. */
export const judgeRequest = (task: BornTask, observer: Observer): CallRequest => {
  const version = task.versions.at(-1)
  if (!version) throw new Error('there is no version to judge')
  return {
    messages: [
      { role: 'system', content: [{ text: frames[observer] }] },
      {
        role: 'user',
        content: [
          {
            text: writeBrief({
              purpose: purposes[observer],
              version: version.version,
              scoreMin: task.options.drafting.scoreMin,
              inputs: briefInputs(task.inputs),
            }),
          },
          ...block('goal', task.goal),
          ...block('plan', version.document),
        ],
      },
    ],
    tools: [],
    outputSchema: { name: 'observer_answer', schema },
    outputTokensMax: judgeTokensMax,
  }
}

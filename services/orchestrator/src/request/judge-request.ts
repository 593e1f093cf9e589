import { writeBrief } from '@maestro/contracts/llm/brief'
import { judgeTokensMax } from '@maestro/contracts/llm/call-bounds'
import type { Observer } from '@maestro/contracts/task/draft-role'
import type { BornTask } from '@maestro/task-model/task'
import { briefInputs } from './brief-inputs.ts'
import type { CallRequest } from './call-request.ts'
import type { Role } from '../roles/role-of.ts'
import { block } from './text-parts.ts'

const purposes = { 'agent-observer': 'judge-agents', 'plan-observer': 'judge-plan' } as const

/** Asks one observer for its verdict on the newest version, and on that alone. */
export const judgeRequest = (task: BornTask, observer: Observer, role: Role): CallRequest => {
  const version = task.versions.at(-1)
  if (!version) throw new Error('there is no version to judge')
  return {
    messages: [
      { role: 'system', content: [{ text: role.prompt }] },
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
    outputSchema: { name: 'observer_answer', schema: role.schema },
    outputTokensMax: judgeTokensMax,
  }
}

import { writeBrief } from '@maestro/contracts/llm/brief'
import { draftTokensMax } from '@maestro/contracts/llm/call-bounds'
import type { TextPart, WorkMessage } from '@maestro/contracts/llm/call-work'
import type { ToolSpec } from '@maestro/contracts/llm/chat'
import type { BornTask, PlanVersion } from '@maestro/task-model/task'
import { briefInputs } from './brief-inputs.ts'
import type { CallRequest } from './call-request.ts'
import type { Role } from '../roles/role-of.ts'
import { block } from './text-parts.ts'

/** Older words are left out: a message holds so many parts. */
const guidanceMax = 20

/** Asks for team and plan; from the second round on with the version before and what was found in it. */
export const plannerRequest = (
  task: BornTask,
  tools: readonly ToolSpec[],
  role: Role,
): CallRequest => {
  const { round, guidance, said = [], locks = {} } = task.drafting
  const locked = Object.keys(locks)
  const before = task.versions.at(-1)
  const content: TextPart[] = [
    {
      text: writeBrief({
        purpose: 'plan',
        round,
        inputs: briefInputs(task.inputs),
        tools: tools.map(({ name, description }) => ({ name, description })),
        findings: before ? findingsOf(before) : [],
        ...(locked.length > 0 && { locked }),
      }),
    },
    ...block('goal', task.goal),
    ...(before ? block('plan', before.document) : []),
    // The newest first: it goes before what was said earlier.
    ...said
      .toReversed()
      .slice(0, guidanceMax)
      .flatMap((one) => block('guidance', one.guidance)),
    ...(guidance ? block('guidance', guidance) : []),
    ...(task.guidance ?? []).flatMap(({ text }) => block('guidance', text)),
  ]
  const messages: WorkMessage[] = [
    { role: 'system', content: [{ text: role.prompt }] },
    { role: 'user', content },
  ]
  return {
    messages,
    tools: [],
    outputSchema: { name: 'planner_answer', schema: role.schema },
    outputTokensMax: draftTokensMax,
  }
}

const findingsOf = ({ verdicts }: PlanVersion) =>
  Object.entries(verdicts).flatMap(([observer, verdict]) =>
    (verdict?.findings ?? []).map(({ findingId, severity, target, text }) => ({
      id: findingId,
      observer,
      severity,
      target,
      text,
    })),
  )

import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { PayloadText } from '../PayloadText.tsx'
import { StepPriceTag } from '../../plan-price/StepPriceTag.tsx'
import { useShown, useTaskSession } from '../task-context.ts'
import { AgentPart } from './AgentPart.tsx'
import { ExpansionPart } from './ExpansionPart.tsx'
import { Part } from './Part.tsx'
import { AgentRecord } from './record/AgentRecord.tsx'

/** A = {P, D, T, S}, and what the step asks of it. */
export const AgentTab = ({ planned }: { planned: PlanStep }) => {
  const { taskId } = useTaskSession()
  const version = useShown(
    (task) =>
      task.versions.findLast(
        ({ complete, steps }) => complete && steps.some(({ stepId }) => stepId === planned.stepId),
      )?.version ?? null,
    null,
  )
  const agent = useShown(
    (task) =>
      task.agents[planned.agentId] ??
      task.versions
        .findLast(({ agents }) => agents.some(({ agentId }) => agentId === planned.agentId))
        ?.agents.find(({ agentId }) => agentId === planned.agentId) ??
      null,
    null,
  )
  return (
    <div className="flex flex-col gap-5">
      {agent !== null && <AgentPart key={agent.agentId} agent={agent} stepId={planned.stepId} />}
      <AgentRecord agentId={planned.agentId} />
      <Part name="Instruction of this step">
        <PayloadText payload={planned.instruction} label="the instruction" />
      </Part>
      <Part name="Promises">
        <p className="text-14 text-text-2">{planned.promise.description}</p>
        <p className="mt-1 text-13 text-text-3">
          as {planned.promise.format}
          {planned.promise.from === 'tool' && ', taken as it is from its last tool call'}
          {planned.promise.schema !== undefined && ', of this schema:'}
        </p>
        {planned.promise.schema !== undefined && (
          <pre className="mt-1 max-h-60 overflow-auto rounded-6 border border-line bg-surface p-3 font-mono text-12 whitespace-pre-wrap">
            {JSON.stringify(planned.promise.schema, null, 2)}
          </pre>
        )}
      </Part>
      {version !== null && (
        <Part name="Price">
          <StepPriceTag taskId={taskId} version={version} stepId={planned.stepId} withBasis />
        </Part>
      )}
      {planned.when !== undefined && (
        <Part name="Runs when">
          <p className="font-mono text-13 break-words text-text-2">{planned.when}</p>
        </Part>
      )}
      <ExpansionPart planned={planned} />
      {planned.inputs.length > 0 && (
        <Part name="Works on">
          <p className="text-14 text-text-2">{planned.inputs.join(', ')}</p>
        </Part>
      )}
    </div>
  )
}

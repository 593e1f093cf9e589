import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { ReactNode } from 'react'
import { Badge } from '../../../ui/Badge.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { StepPriceTag } from '../../plan-price/StepPriceTag.tsx'
import { useShown, useTaskSession } from '../task-context.ts'
import { ExpansionPart } from './ExpansionPart.tsx'

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
      {agent !== null && (
        <>
          <Part letter="A" name="Agent">
            <p className="text-14 font-medium">{agent.name}</p>
          </Part>
          <Part letter="P" name="Prompt">
            <PayloadText payload={agent.prompt} label="the prompt" />
          </Part>
          <Part letter="D" name="Description">
            <PayloadText payload={agent.description} as="plain" label="the description" />
          </Part>
          <Part letter="T" name="Tools">
            {agent.tools.length === 0 ? (
              <p className="text-13 text-text-3">None: it answers from what it is given.</p>
            ) : (
              <p className="flex flex-wrap gap-1.5">
                {agent.tools.map((tool) => (
                  <Badge key={tool}>
                    <span className="font-mono">{tool}</span>
                  </Badge>
                ))}
              </p>
            )}
          </Part>
          <Part letter="S" name="Suggestions">
            {agent.suggestions.length === 0 ? (
              <p className="text-13 text-text-3">No observer or person has suggested anything.</p>
            ) : (
              <div className="flex flex-col gap-2">
                {agent.suggestions.map((suggestion, index) => (
                  <PayloadText
                    key={suggestion.sha256}
                    payload={suggestion}
                    label={`suggestion ${index + 1}`}
                  />
                ))}
              </div>
            )}
          </Part>
        </>
      )}
      <Part name="Instruction of this step">
        <PayloadText payload={planned.instruction} label="the instruction" />
      </Part>
      <Part name="Promises">
        <p className="text-14 text-text-2">{planned.promise.description}</p>
        <p className="mt-1 text-13 text-text-3">
          as {planned.promise.format}
          {planned.promise.from === 'tool' && ', taken as it is from its last tool call'}
        </p>
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

const Part = ({
  letter,
  name,
  children,
}: {
  letter?: string
  name: string
  children: ReactNode
}) => (
  <section>
    <h3 className="mb-1.5 flex items-center gap-2 text-13 font-semibold">
      {letter && (
        <span
          aria-hidden
          className="grid size-5 place-items-center rounded-4 border border-line-strong font-mono text-12 text-text-2"
        >
          {letter}
        </span>
      )}
      {name}
    </h3>
    {children}
  </section>
)

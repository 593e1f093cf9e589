import type { OnFailure } from '@maestro/contracts/task/plan-draft'
import type { Approval, PlanVersion } from '@maestro/task-model/task'
import { Flag } from 'lucide-react'
import { Badge } from '../../../ui/Badge.tsx'
import { lazyPart } from '../../../ui/lazy-part.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { Disclosure } from '../Disclosure.tsx'
import { PayloadText } from '../PayloadText.tsx'
import { PriceBesideOneAgent } from '../../plan-price/PriceBesideOneAgent.tsx'
import { StepPriceTag } from '../../plan-price/StepPriceTag.tsx'
import { useShown, useTaskSession } from '../task-context.ts'
import { LockButton } from './LockButton.tsx'
import { VersionDiff } from './VersionDiff.tsx'

// It brings React Flow; the words do not wait for it.
const VersionPicture = lazyPart(
  () => import('./VersionPicture.tsx').then((module) => module.VersionPicture),
  <Skeleton className="h-full" />,
)

const failureWords: Record<OnFailure, string> = {
  stop: 'its failure stops the task',
  skip: 'its failure skips what needs it',
  'go-on': 'its failure lets the rest go on',
  wait: 'its failure asks a person, and what needs it waits',
}

type Props = { plan: PlanVersion; before: PlanVersion | undefined }

/** A version's steps and its team. */
export const PlanOfVersion = ({ plan, before }: Props) => {
  const { taskId } = useTaskSession()
  // The question about this very version tells its price already.
  const isAsked = useShown(
    (task) =>
      Object.values<Approval>(task.approvals).some(
        ({ kind, status, planVersion }) =>
          kind === 'plan' && status === 'open' && planVersion === plan.version,
      ),
    false,
  )
  const numberOf = (stepId: string) => plan.steps.findIndex((step) => step.stepId === stepId) + 1
  const nameOf = (agentId: string) =>
    plan.agents.find((agent) => agent.agentId === agentId)?.name ?? ''
  return (
    <div className="min-w-0 border-line @max-5xl:border-b @5xl:border-r">
      {plan.rationale !== '' && (
        <p className="border-b border-line px-4 py-3 text-14 text-text-2">{plan.rationale}</p>
      )}
      {!isAsked && (
        <section aria-label="Price" className="border-b border-line px-4 py-3">
          <PriceBesideOneAgent taskId={taskId} version={plan.version} />
        </section>
      )}
      {plan.oneAgent !== undefined && (
        <p className="border-b border-line px-4 py-3 text-14">
          {plan.oneAgent.suffices ? 'One agent suffices' : 'One agent does not suffice'}
          {plan.oneAgent.why !== '' && `: ${plan.oneAgent.why}`}
        </p>
      )}
      {before !== undefined && <VersionDiff before={before} plan={plan} />}
      <div className="border-b border-line px-4 py-2">
        <Disclosure title="As a picture">
          {() => (
            <section
              aria-label={`Picture of version ${plan.version}`}
              className="plan-overlay h-80"
            >
              <VersionPicture key={plan.version} plan={plan} />
            </section>
          )}
        </Disclosure>
      </div>
      <h2 className="px-4 pt-4 pb-1 text-13 font-semibold">Steps</h2>
      <ol>
        {plan.steps.map((step, index) => (
          <li key={step.stepId} className="flex gap-3 border-b border-line px-4 py-2.5">
            <span className="tnum w-5 shrink-0 text-right text-13 leading-5 text-text-3">
              {index + 1}
            </span>
            <div className="min-w-0 grow">
              <p className="flex flex-wrap items-center gap-x-2 text-14 font-medium">
                {step.title}
                {step.stepId === plan.resultStepId && (
                  <span className="inline-flex items-center gap-1 text-12 font-medium text-done">
                    <Flag aria-hidden size={12} />
                    result
                  </span>
                )}
                <LockButton part={`step:${step.stepId.slice('step_'.length)}`} />
              </p>
              <p className="tnum text-13 text-text-2">
                {nameOf(step.agentId)}
                {step.needs.length > 0 && ` · after ${step.needs.map(numberOf).join(', ')}`}
                {step.inputs.length > 0 && ` · reads ${step.inputs.join(', ')}`}
                {step.onFailure !== undefined && ` · ${failureWords[step.onFailure]}`}
              </p>
              {step.when !== undefined && (
                <p className="text-13 text-text-2">
                  when <span className="font-mono break-words">{step.when}</span>
                </p>
              )}
              {step.forEach !== undefined && (
                <p className="text-13 text-text-2">
                  for each of <span className="font-mono break-words">{step.forEach.list}</span>, at
                  most {step.forEach.itemsMax}
                </p>
              )}
              {step.repeat !== undefined && (
                <p className="text-13 text-text-2">
                  again while <span className="font-mono break-words">{step.repeat.while}</span>, at
                  most {step.repeat.timesMax} times
                </p>
              )}
              <p className="text-13 text-text-3">{step.promise.description}</p>
              <StepPriceTag taskId={taskId} version={plan.version} stepId={step.stepId} />
            </div>
          </li>
        ))}
      </ol>
      <h2 className="px-4 pt-5 pb-1 text-13 font-semibold">Team</h2>
      <ul className="pb-4">
        {plan.agents.map((agent) => (
          <li key={agent.agentId} className="border-b border-line px-4 py-2.5">
            <p className="flex flex-wrap items-center gap-2 text-14 font-medium">
              {agent.name}
              {agent.tools.map((tool) => (
                <Badge key={tool}>
                  <span className="font-mono font-normal">{tool}</span>
                </Badge>
              ))}
              <LockButton part={`agent:${agent.name}`} />
            </p>
            <p className="text-13 text-text-2">{agent.description.preview}</p>
            <Disclosure title="Prompt">
              {() => <PayloadText payload={agent.prompt} label={`the prompt of ${agent.name}`} />}
            </Disclosure>
          </li>
        ))}
      </ul>
    </div>
  )
}

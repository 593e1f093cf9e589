import type { StepId } from '@maestro/contracts/ids'
import type { BornTask } from '@maestro/task-model/task'
import { useMemo } from 'react'
import { StepCard, type CardContent, cardContentOfPlan } from '../../graph/StepCard.tsx'
import { stepPreview } from '../../graph/step-preview.ts'
import { useNow } from '../../ui/use-now.ts'
import { shownMs, useCallText, useStep, useView } from './task-context.ts'

type Props = { stepId: string; isSelected: boolean; isDimmed: boolean }

/** A card that follows its own step, at ten pictures a second at most. */
export const LiveStepCard = ({ stepId, isSelected, isDimmed }: Props) => {
  const step = useStep(stepId as StepId)
  const task = useView((view) => view.task)
  const isLive = useView((view) => view.mode === 'live')
  const isRunning = step?.status === 'running' || step?.status === 'retrying'
  const now = useNow(100, isLive && isRunning)
  const call = step?.calls.at(-1)
  const streamed = useCallText(isLive && call?.status === 'running' ? call.callId : null)
  const content = useMemo<CardContent | null>(() => {
    if (task.status === 'unborn') return null
    if (step === null) return proposedCard(task, stepId)
    const agent = task.agents[step.agentId]
    const facts = step.calls.findLast(({ facts: known }) => known?.provider)?.facts
    const endMs = step.finishedAt ? Date.parse(step.finishedAt) : shownMs(task, isLive, now)
    return {
      stepId: step.stepId,
      number: task.order.indexOf(step.stepId) + 1,
      status: step.status,
      title: step.title,
      agentName: agent?.name ?? '',
      model: facts?.provider ? `${facts.provider}${facts.model ? `/${facts.model}` : ''}` : null,
      preview: stepPreview(step, task, streamed),
      attempt: step.attempt,
      attemptsMax: step.retriesMax + 1,
      hasFallback: step.calls.some(({ facts: known }) =>
        known?.attempts.some(({ outcome }) => outcome === 'failed' || outcome === 'skipped'),
      ),
      tokens: step.inputTokens + step.outputTokens,
      costNanoUsd: step.costNanoUsd,
      elapsedMs: step.startedAt === null ? null : endMs - Date.parse(step.startedAt),
    }
  }, [step, task, stepId, streamed, isLive, now])
  if (content === null) return null
  return (
    <StepCard content={content} isSelected={isSelected} isDimmed={isDimmed} isStill={!isLive} />
  )
}

const proposedCard = (task: BornTask, stepId: string): CardContent | null => {
  const proposal = task.versions.findLast(({ complete }) => complete)
  const step = proposal?.steps.find((candidate) => candidate.stepId === stepId)
  if (!proposal || !step) return null
  return cardContentOfPlan(step, {
    number: proposal.steps.indexOf(step) + 1,
    agentName: proposal.agents.find(({ agentId }) => agentId === step.agentId)?.name ?? '',
  })
}

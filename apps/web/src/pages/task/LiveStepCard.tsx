import type { Step } from '@maestro/task-model/task'
import { useMemo } from 'react'
import { backoffWords } from '../../graph/backoff-words.ts'
import { isBusy } from '../../graph/is-busy.ts'
import type { CardProps } from '../../graph/StepNode.tsx'
import { type CardContent, cardContentOfPlan, StepCard } from '../../graph/StepCard.tsx'
import { stepPreview, tailOf } from '../../graph/step-preview.ts'
import { useNow } from '../../ui/use-now.ts'
import { modelOf } from './model-of.ts'
import { useCallText, useShown, useStep, useView } from './task-context.ts'
import { useStepBadges } from './use-step-badges.ts'

/** A card that follows its own step and nothing else: its text ten times a second at most, its time four times. */
export const LiveStepCard = ({ node, isSelected, isDimmed }: CardProps) => {
  const step = useStep(node.stepId)
  const isLive = useView((view) => view.mode === 'live')
  const isRunning = isBusy(step?.status)
  const waiting = useShown((task) => (step === null ? '' : stepPreview(step, task, '')), '')
  const planned = useShown(
    (task) =>
      step !== null
        ? null
        : (task.versions
            .findLast(({ complete }) => complete)
            ?.steps.find(({ stepId }) => stepId === node.stepId) ?? null),
    null,
  )
  // Only a running card needs the moment: live it is now, in the past that of the newest event.
  const pastMs = useShown((task) => (isRunning ? Date.parse(task.updatedAt) : 0), 0)
  const now = useNow(250, isLive && isRunning)
  const call = step?.calls.findLast(({ purpose }) => purpose === 'step')
  const streamed = useCallText(isLive && call?.status === 'running' ? call.callId : null)
  const badges = useStepBadges(step)
  const { number, agentName } = node
  const content = useMemo<CardContent | null>(() => {
    if (step === null) return planned && cardContentOfPlan(planned, { number, agentName })
    const momentMs = isLive ? now : pastMs
    const endMs = step.finishedAt ? Date.parse(step.finishedAt) : momentMs
    const said = isRunning && streamed !== '' ? tailOf(streamed) : waiting
    return {
      stepId: step.stepId,
      number,
      status: step.status,
      title: step.title,
      agentName,
      model: modelOf(step),
      preview: backoffWords(step, momentMs) ?? said,
      attempt: step.attempt,
      attemptsMax: step.retriesMax + 1,
      badges,
      tokens: step.inputTokens + step.outputTokens,
      costNanoUsd: step.costNanoUsd,
      elapsedMs: elapsedOf(step, endMs),
    }
  }, [step, planned, number, agentName, waiting, streamed, badges, isRunning, isLive, now, pastMs])
  if (content === null) return null
  return (
    <StepCard content={content} isSelected={isSelected} isDimmed={isDimmed} isStill={!isLive} />
  )
}

/** Null before it has started, and for a step whose end nobody knows. */
const elapsedOf = (
  step: Pick<Step, 'startedAt' | 'finishedAt' | 'status'>,
  endMs: number,
): number | null => {
  const isOpen = isBusy(step.status)
  if (step.startedAt === null || (step.finishedAt === null && !isOpen)) return null
  return endMs - Date.parse(step.startedAt)
}

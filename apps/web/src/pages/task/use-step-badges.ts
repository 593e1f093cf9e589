import type { BornTask, Step } from '@maestro/task-model/task'
import { use, useMemo } from 'react'
import { type StepBadge, stepBadges } from '../../graph/step-badges.ts'
import { SurroundingsContext } from './graph-surroundings.ts'
import { useShown } from './task-context.ts'

const noNames: readonly string[] = []
const noAgents: BornTask['agents'] = {}

/** What is to be known of a step at a glance, wherever it is shown. */
export const useStepBadges = (step: Step | null): readonly StepBadge[] => {
  const { unsafeTools, bookmarks } = use(SurroundingsContext)
  const agents = useShown((task) => task.agents, noAgents)
  const earlierAgents = useShown((task) => task.earlierAgents, undefined)
  const names = (step && bookmarks.get(step.stepId)) ?? noNames
  return useMemo(() => {
    const team = { agents, ...(earlierAgents && { earlierAgents }) }
    return step === null ? [] : stepBadges(step, { team, unsafeTools, bookmarks: names })
  }, [step, agents, earlierAgents, unsafeTools, names])
}

import type { BornTask, Step } from '@maestro/task-model/task'
import { numberOf, stepStatusWords } from './report-words.ts'
import type { Section } from './report.ts'

/** More boxes than these are no picture any more. */
const stepsDrawnMax = 60

/** The plan as a picture. What steps became while they ran (items, rounds, parts) stands in the appendix. */
export const planSection = (task: BornTask): Section => {
  const version = task.planVersion
  const all = task.order.flatMap((stepId) => task.steps[stepId] ?? [])
  if (version === null || all.length === 0) {
    const text = 'There is no plan yet.'
    return { title: 'Plan', level: 1, blocks: [{ kind: 'text', look: 'note', text }] }
  }
  const own = all.filter(({ partOf }) => partOf === undefined)
  const words = `Version ${version}: ${numberOf(own.length, 'step')}, ${numberOf(Object.keys(task.agents).length, 'agent')}.`
  if (own.length > stepsDrawnMax) {
    const text = `${words} Too many to draw: they stand in the appendix.`
    return { title: 'Plan', level: 1, blocks: [{ kind: 'text', look: 'note', text }] }
  }
  return {
    title: 'Plan',
    level: 1,
    blocks: [
      { kind: 'text', look: 'note', text: words },
      { kind: 'plan', steps: own.map((step) => drawn(step, task)) },
    ],
  }
}

const drawn = (step: Step, task: BornTask) => ({
  id: step.stepId,
  title: step.title,
  agent: task.agents[step.agentId]?.name ?? '',
  status: stepStatusWords[step.status],
  needs: [...step.needs],
})

import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { ObserverAct } from '@maestro/contracts/task/observer-note'
import type { BornTask, Step } from '../task.ts'
import { asksMax, noObservation, retriesMax, revisionsMax } from './observation.ts'
import type { StepFinding } from './findings-in.ts'

export type ChosenAct = { act: ObserverAct; strategy?: CallStrategy }

/**
 * What follows from a finding: first the agent is told, then others try, then a person is asked; each
 * only so often. What was tried and did not help is not tried again.
 */
export const actFor = ({ detector }: StepFinding, step: Step, task: BornTask): ChosenAct => {
  const { notes, revisions, asks } = step.observation ?? noObservation
  const wasTold = notes.some(
    (note) => note.attempt === step.attempt && note.detector === detector && note.act === 'revise',
  )
  if (!wasTold && revisions < revisionsMax) return { act: 'revise' }
  // The end is near by itself: who was told so once is let go on.
  if (detector === 'near-cap') return { act: 'note' }
  const strategy = elsewhereOnce(step, task)
  if (strategy !== null) return { act: 'retry-elsewhere', strategy }
  return { act: asks < asksMax ? 'ask-person' : 'note' }
}

/** Who else could answer, where the observer may still let others try. */
export const elsewhereOnce = (step: Step, task: BornTask): CallStrategy | null =>
  (step.observation ?? noObservation).retries < retriesMax ? elsewhere(step, task) : null

/** Who else could answer: those that the last call could have asked, else those of the task; null when nobody is known. */
const elsewhere = (step: Step, { options }: BornTask): CallStrategy | null => {
  const made = step.calls.findLast(
    ({ facts: known, purpose }) => purpose === 'step' && known?.provider,
  )
  const facts = made?.facts
  if (!facts?.provider) return null
  const known = facts.decision?.considered.map(({ provider }) => provider) ?? options.providers
  const providers = [...new Set(known)].filter((provider) => provider !== facts.provider)
  return providers.length === 0 ? null : { providers }
}

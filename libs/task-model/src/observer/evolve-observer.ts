import type { EventOf } from '../event-of.ts'
import { withStep } from '../execution/with-step.ts'
import type { BornTask } from '../task.ts'
import { noObservation, notesKeptMax, type Observation } from './observation.ts'

type ObserverEvent = EventOf<'ObserverNoted' | 'RevisionRequested'>

/** What the execution observer saw and did, beside the step that it is about. */
export const evolveObserver = (task: BornTask, event: ObserverEvent): BornTask => {
  switch (event.type) {
    case 'ObserverNoted': {
      const { stepId, strategy, ...noted } = event.data
      return withStep(task, stepId, ({ observation = noObservation }) => ({
        observation: {
          ...observation,
          ...counted(observation, noted.act),
          notes: [...observation.notes, { ...noted, at: event.at }].slice(-notesKeptMax),
        },
        ...(strategy !== undefined && { strategy }),
      }))
    }
    case 'RevisionRequested': {
      const { stepId, remark } = event.data
      return withStep(task, stepId, ({ observation = noObservation }) => ({
        observation: { ...observation, remark },
      }))
    }
    default:
      event satisfies never
      return task
  }
}

const counted = (
  { revisions, retries, asks, proposals = 0, agentChanges = 0 }: Observation,
  act: EventOf<'ObserverNoted'>['data']['act'],
): Pick<Observation, 'revisions' | 'retries' | 'asks' | 'proposals' | 'agentChanges'> => ({
  revisions: revisions + (act === 'revise' ? 1 : 0),
  retries: retries + (act === 'retry-elsewhere' ? 1 : 0),
  asks: asks + (act === 'ask-person' ? 1 : 0),
  ...(act === 'propose-change' && { proposals: proposals + 1 }),
  ...(act === 'change-agent' && { agentChanges: agentChanges + 1 }),
})

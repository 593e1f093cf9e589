import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'

/** Places in a history that people come back to. */
export type Milestone = 'plan-approved' | 'human-edit' | 'rerun'

/** Null for an event after which nobody looks for the state in particular. */
export const milestoneOf = ({
  type,
  data,
}: Pick<CloudEvent, 'type' | 'data'>): Milestone | null => {
  switch (type) {
    case 'maestro.TaskStarted':
      return 'plan-approved'
    case 'maestro.PlanEdited':
    case 'maestro.AgentModified':
      return 'human-edit'
    case 'maestro.PlanProposed':
      // A plan that came with its task is no edit of one.
      return data['author'] === 'person' && data['version'] !== 1 ? 'human-edit' : null
    case 'maestro.StepReset':
      return data['because'] === 'rerun' ? 'rerun' : null
    default:
      return null
  }
}

import type { TaskEventData } from '@maestro/contracts/task/task-events'

/** What the judge says of a result, after "the judge". */
export const judgementWords: Record<TaskEventData<'ResultJudged'>['verdict'], string> = {
  ok: 'finds it good',
  note: 'notes',
  revise: 'wants it revised',
  'retry-elsewhere': 'wants another model to try',
  'ask-person': 'wants a person to say how it goes on',
  'change-plan': 'would change the plan',
  'change-agent': 'would change its agent',
  none: 'gives no verdict',
}

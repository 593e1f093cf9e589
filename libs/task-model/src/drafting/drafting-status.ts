import type { BornTask, DraftJob } from '../task.ts'

/** Of a task that is drafted and not paused: a person may have to say how it goes on after a failure. */
export const draftingStatus = ({
  drafting,
}: Pick<BornTask, 'drafting'>): 'drafting' | 'awaiting-approval' =>
  Object.values<DraftJob>(drafting.jobs).some(({ phase }) => phase === 'asked')
    ? 'awaiting-approval'
    : 'drafting'

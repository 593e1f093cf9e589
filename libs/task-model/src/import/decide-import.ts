import type { Recorder } from '../recorder.ts'
import type { CommandOf } from '../task-command.ts'

/** Comes upon the events of the file, as its last: nothing follows from it. */
export const importTask = (
  { fileSha256, exportedAt, from, missing }: CommandOf<'ImportTask'>,
  recorder: Recorder,
): void => {
  const { seq, stage, updatedAt } = recorder.task()
  recorder.record({
    type: 'TaskImported',
    data: {
      head: seq,
      fileSha256,
      ...(exportedAt !== undefined && { exportedAt }),
      ...(from !== undefined && { from }),
      missing,
      ...(stage !== 'ended' && { stoppedAt: updatedAt }),
    },
  })
}

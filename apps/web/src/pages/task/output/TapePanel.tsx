import { useMutation } from '@tanstack/react-query'
import { Archive, CassetteTape } from 'lucide-react'
import { playTape } from '../../../api/tape.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { useTaskSession } from '../task-context.ts'

/** What can be done with the recording of a task: take it along, and run it again. */
export const TapePanel = () => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const playing = useMutation({ mutationFn: () => playTape(http, taskId) })
  const tape = playing.data
  return (
    <section className="mt-6">
      <h2 className="mb-2 text-13 font-semibold">Recording</h2>
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          icon={CassetteTape}
          pending={playing.isPending}
          hint="Runs the task again from its journal: no model and no tool is asked"
          onClick={() => playing.mutate()}
        >
          Play the tape
        </Button>
        <a
          href={`/api/tasks/${taskId}/export.task`}
          download
          className="inline-flex h-7 items-center gap-2 rounded-6 border border-line-strong px-2 text-13 font-medium hover:bg-surface pointer-coarse:h-11"
        >
          <Archive aria-hidden size={16} />
          All in one file
        </a>
      </div>
      <p role="status" className="mt-2 text-13 text-text-2">
        {tape?.holds === true &&
          `${tape.eventsCompared} events came again as they were, from ${tape.answers} journaled answers, to the same state.`}
        {tape?.divergence &&
          `From event ${tape.divergence.seq} on (${tape.divergence.type}) it would go another way now: ${tape.divergence.reason}.`}
        {playing.isError && `The tape could not be played: ${playing.error.message}`}
      </p>
    </section>
  )
}

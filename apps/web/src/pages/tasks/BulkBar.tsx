import type { TaskLine } from '@maestro/contracts/gateway/http-task'
import { useMutation } from '@tanstack/react-query'
import { Pause, Play, X } from 'lucide-react'
import { useState } from 'react'
import { newIdempotencyKey } from '../../api/new-key.ts'
import { messageOf } from '../../api/request-id.ts'
import { commandTask } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { formatPlural } from '../../ui/format-count.ts'
import { type BulkCommand, takersOf } from './bulk-commands.ts'

type Props = { chosen: readonly TaskLine[]; onClear: () => void }

const looks = {
  pause: { label: 'Pause', done: 'paused', icon: Pause, none: 'None of them runs' },
  resume: { label: 'Resume', done: 'resumed', icon: Play, none: 'None of them is paused' },
  cancel: { label: 'Cancel', done: 'cancelled', icon: X, none: 'All of them have ended' },
} as const
const commands = ['pause', 'resume', 'cancel'] as const
/** So many are asked at once; the others wait for them. */
const atOnceMax = 4

/** What can be done with several tasks at once. Each is asked for itself: what is refused is told, the rest is done. */
export const BulkBar = ({ chosen, onClear }: Props) => {
  const { http } = useApp()
  const [isCancelling, setIsCancelling] = useState(false)
  const sending = useMutation({
    mutationFn: async (command: BulkCommand) => {
      const waiting = [...takersOf(command, chosen)]
      const count = waiting.length
      const refusals: string[] = []
      const work = async () => {
        for (let line = waiting.shift(); line; line = waiting.shift())
          await commandTask(http, { taskId: line.taskId, command }, newIdempotencyKey()).catch(
            (error: unknown) => refusals.push(messageOf(error)),
          )
      }
      await Promise.all(Array.from({ length: atOnceMax }, work))
      return { command, count, refusals }
    },
    onSettled: () => setIsCancelling(false),
  })
  const told = sending.data
  return (
    <div
      role="toolbar"
      aria-label="Chosen tasks"
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-1.5 text-13"
    >
      <span className="tnum font-medium">{formatPlural(chosen.length, 'task')} chosen</span>
      {commands.map((command) => {
        const { label, icon, none } = looks[command]
        const { length } = takersOf(command, chosen)
        const isAsked = command === 'cancel' && isCancelling
        return (
          <Button
            key={command}
            size="small"
            icon={icon}
            look={command === 'cancel' ? 'danger' : 'secondary'}
            pending={sending.isPending && sending.variables === command}
            unavailable={length === 0 ? none : null}
            onClick={() =>
              command === 'cancel' && !isCancelling
                ? setIsCancelling(true)
                : sending.mutate(command)
            }
          >
            {isAsked
              ? `Cancel ${formatPlural(length, 'task')} for good`
              : length === 0
                ? label
                : `${label} ${length}`}
          </Button>
        )
      })}
      <Button size="small" look="quiet" onClick={onClear}>
        Choose none
      </Button>
      <span role="status" className="text-text-2">
        {told &&
          `${told.count - told.refusals.length} of ${told.count} ${looks[told.command].done}.`}
        {told?.refusals[0] !== undefined && (
          <span className="ml-2 font-medium text-failed">{told.refusals[0]}</span>
        )}
      </span>
    </div>
  )
}

import type { TaskLine } from '@maestro/contracts/gateway/http-task'
import { useMutation } from '@tanstack/react-query'
import { Pause, Play, X } from 'lucide-react'
import { type MouseEvent, useState } from 'react'
import { commandTask } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { formatPlural } from '../../ui/format-count.ts'
import { BulkRefusals } from './BulkRefusals.tsx'
import { type BulkCommand, takersOf } from './bulk-commands.ts'
import { sendToMany } from './send-to-many.ts'

type Props = { chosen: readonly TaskLine[]; onClear: () => void }

const looks = {
  pause: { label: 'Pause', done: 'paused', icon: Pause, none: 'None of them runs' },
  resume: { label: 'Resume', done: 'resumed', icon: Play, none: 'None of them is paused' },
  cancel: { label: 'Cancel', done: 'cancelled', icon: X, none: 'All of them have ended' },
} as const
const commands = ['pause', 'resume', 'cancel'] as const

/** What can be done with several tasks at once, and what became of it: that is told until somebody has read it. */
export const BulkBar = ({ chosen, onClear }: Props) => {
  const { http } = useApp()
  /** The tasks whose end is asked about. */
  const [asked, setAsked] = useState<string | null>(null)
  const { mutate, isPending, variables, data, reset } = useMutation({
    mutationFn: async (command: BulkCommand) => {
      const takers = takersOf(command, chosen)
      const refusals = await sendToMany(takers, ({ taskId }) =>
        commandTask(http, { taskId, command }),
      )
      return { command, count: takers.length, refusals }
    },
  })
  const cancelled = takersOf('cancel', chosen)
    .map(({ taskId }) => taskId)
    .join(' ')
  // Other tasks than were asked about are asked about anew.
  const isCancelling = asked !== null && asked === cancelled

  const press = (command: BulkCommand, { detail }: MouseEvent) => {
    // The second half of a double click says yes to nothing.
    if (detail > 1) return
    const asks = command === 'cancel' && !isCancelling
    setAsked(asks ? cancelled : null)
    if (!asks) mutate(command)
  }
  const leave = () => {
    setAsked(null)
    if (!isPending) reset()
    onClear()
  }

  if (chosen.length === 0 && !isPending && data === undefined) return null
  return (
    <div
      role="toolbar"
      aria-label="Chosen tasks"
      // Nor does a key that is held down.
      onKeyDown={(event) => event.repeat && event.key === 'Enter' && event.preventDefault()}
      className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line bg-accent-soft px-4 py-1.5 text-13"
    >
      <span className="tnum font-medium">{formatPlural(chosen.length, 'task')} chosen</span>
      {commands.map((command) => {
        const { label, icon, none } = looks[command]
        const { length } = takersOf(command, chosen)
        const isSent = isPending && variables === command
        const isWaiting = isPending && !isSent
        return (
          <Button
            key={command}
            size="small"
            icon={icon}
            look={command === 'cancel' ? 'danger' : 'secondary'}
            pending={isSent}
            unavailable={isWaiting ? 'The last command is on its way' : length === 0 ? none : null}
            onClick={(event) => press(command, event)}
          >
            {command === 'cancel' && isCancelling
              ? `Cancel ${formatPlural(length, 'task')} for good`
              : length === 0
                ? label
                : `${label} ${length}`}
          </Button>
        )
      })}
      <Button size="small" look="quiet" onClick={leave}>
        {chosen.length === 0 ? 'Close' : 'Choose none'}
      </Button>
      <div role="status" className="contents text-text-2">
        {data &&
          `${data.count - data.refusals.length} of ${data.count} ${looks[data.command].done}.`}
        {data && data.refusals.length > 0 && <BulkRefusals refusals={data.refusals} />}
      </div>
    </div>
  )
}

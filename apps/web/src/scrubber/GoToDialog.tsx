import { type SubmitEvent, useState } from 'react'
import type { TaskTick } from '../live/task-ticks.ts'
import { Button } from '../ui/Button.tsx'
import { inputLook } from '../ui/control-look.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { formatCount } from '../ui/format-count.ts'
import { placeOf } from './place-of.ts'

type Props = {
  ticks: readonly TaskTick[]
  /** What was shown when it was asked for. */
  seq: number
  onClose: () => void
  onSeek: (seq: number) => void
}

/** To a moment that one knows, without searching for it on the rail. */
export const GoToDialog = ({ ticks, seq, onClose, onSeek }: Props) => {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const place = placeOf(typed, { ticks, seq })
    if ('problem' in place) {
      setProblem(place.problem)
      return
    }
    onSeek(place.seq)
    onClose()
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Go to">
      <form onSubmit={submit} className="flex items-end gap-2 p-4">
        <Field
          label={`Event (1 to ${formatCount(ticks.length)}), clock time, or from here: 412, 14:03, +12m`}
          error={problem}
          className="grow"
        >
          {({ id, describedBy, invalid }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid || undefined}
              autoComplete="off"
              maxLength={40}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className={inputLook}
            />
          )}
        </Field>
        <Button type="submit" look="primary">
          Go
        </Button>
      </form>
    </Dialog>
  )
}

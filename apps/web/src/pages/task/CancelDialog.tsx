import { type SubmitEvent, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { inputLook } from '../../ui/control-look.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'

type Props = { onClose: () => void; onCancel: (reason: string) => void }

export const CancelDialog = ({ onClose, onCancel }: Props) => {
  const [reason, setReason] = useState('')
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    onCancel(reason.trim())
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Cancel this task?"
      description="It ends now and cannot go on. Calls in flight are stopped; what they cost is booked. What is done stays readable."
    >
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        <Field label="Why" hint="For the record; may stay empty">
          {({ id, describedBy }) => (
            <input
              id={id}
              aria-describedby={describedBy}
              maxLength={1_000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              className={inputLook}
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Keep it
          </Button>
          <Button look="danger" type="submit">
            Cancel the task
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

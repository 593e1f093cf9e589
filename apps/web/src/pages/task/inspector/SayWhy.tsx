import { useMutation } from '@tanstack/react-query'
import { messageOf } from '../../../api/request-id.ts'
import { Button } from '../../../ui/Button.tsx'
import { inputLook } from '../../../ui/control-look.ts'
import { Field } from '../../../ui/Field.tsx'
import { StillWaiting } from '../StillWaiting.tsx'
import { useTaskSession } from '../task-context.ts'
import { useKeptWords } from './use-kept-words.ts'

type Props = {
  label: string
  /** What the words are about, among all that is said in this task: under it they are kept until they are sent. */
  about: string
  verb: string
  /** Shown while nothing is typed; null: nothing has to be. */
  needed: string | null
  /** Why it cannot be done any more; what is typed stays. */
  whyNot?: string | null
  charactersMax: number
  send: (text: string) => Promise<unknown>
  /** Left out: it stays, waiting, until what was said has its effect and takes the form away. */
  onTaken?: () => void
  /** Nobody has asked for it just now: it takes no focus. */
  isKept?: boolean
  onClose: () => void
}

/** A line of words, and the button that sends them. They are kept until they are sent or thrown away. */
export const SayWhy = ({
  label,
  about,
  verb,
  needed,
  whyNot = null,
  charactersMax,
  send,
  onTaken,
  isKept = false,
  onClose,
}: Props) => {
  const { check, taskId } = useTaskSession()
  const [text, setText] = useKeptWords(`${taskId}.${about}`)
  const { mutate, variables, isPending, isSuccess, error } = useMutation({
    mutationFn: send,
    onSuccess: () => {
      setText('')
      onTaken?.()
    },
  })
  const checkAgain = () => {
    check()
    // Its answer is not there either: asked for again it is the same wish.
    if (isPending) mutate(variables)
  }
  const unavailable = whyNot ?? (text.trim() === '' ? needed : null)
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (unavailable === null) mutate(text.trim())
      }}
    >
      <Field label={label}>
        {({ id, describedBy }) => (
          <input
            id={id}
            aria-describedby={describedBy}
            value={text}
            maxLength={charactersMax}
            autoFocus={!isKept}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
            className={inputLook}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          size="small"
          look="primary"
          pending={isPending || isSuccess}
          unavailable={unavailable}
        >
          {verb}
        </Button>
        <Button
          size="small"
          look="quiet"
          onClick={() => {
            setText('')
            onClose()
          }}
        >
          {text.trim() === '' ? 'Back' : 'Throw away'}
        </Button>
      </div>
      <StillWaiting isPending={isPending || isSuccess} onCheck={checkAgain} />
      {error !== null && (
        <p role="alert" className="text-13 font-medium text-failed">
          {messageOf(error)}
        </p>
      )}
    </form>
  )
}

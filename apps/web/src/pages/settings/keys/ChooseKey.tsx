import { type SubmitEvent, useState } from 'react'
import type { KeyAction } from '../../../shell/default-keys.ts'
import type { OwnKeys } from '../../../shell/key-of.ts'
import { readKey } from '../../../shell/read-key.ts'
import { shortcutList } from '../../../shell/shortcut-list.ts'
import { whyNoKey } from '../../../shell/why-no-key.ts'
import { Button } from '../../../ui/Button.tsx'
import { classes } from '../../../ui/classes.ts'
import { inputLook } from '../../../ui/control-look.ts'
import { Field } from '../../../ui/Field.tsx'

type Props = {
  action: KeyAction
  what: string
  own: OwnKeys
  onTake: (key: string) => void
  onClose: () => void
}

const wordsOf = (action: KeyAction): string =>
  shortcutList
    .flatMap(({ shortcuts }) => shortcuts)
    .find((shortcut) => 'action' in shortcut && shortcut.action === action)?.what ?? action

/** A field, and not the next press: so it can be said to a computer as well, and nobody is caught by it. */
export const ChooseKey = ({ action, what, own, onTake, onClose }: Props) => {
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const key = readKey(typed)
    const refusal = whyNoKey({ action, typed, own, wordsOf })
    setProblem(refusal)
    if (refusal === null && key !== null) onTake(key)
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={({ key }) => key === 'Escape' && onClose()}
      className="w-full pb-2"
    >
      <Field label={`Key of “${what}”: one character, or two in a row`} error={problem}>
        {({ id, describedBy, invalid }) => (
          <div className="flex flex-wrap items-center gap-2">
            <input
              id={id}
              aria-describedby={describedBy}
              aria-invalid={invalid}
              autoFocus
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={3}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              className={classes(inputLook, 'w-24 font-mono')}
            />
            <Button type="submit" look="primary">
              Set
            </Button>
            <Button look="quiet" onClick={onClose}>
              Back
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}

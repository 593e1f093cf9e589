import { useRef, useState } from 'react'
import { useStore } from 'zustand'
import { defaultKeys, type KeyAction } from '../../../shell/default-keys.ts'
import { keyOf, writeKey } from '../../../shell/key-of.ts'
import { ownKeys } from '../../../shell/own-keys.ts'
import type { Shortcut } from '../../../shell/shortcut-list.ts'
import { Button } from '../../../ui/Button.tsx'
import { classes } from '../../../ui/classes.ts'
import { ChooseKey } from './ChooseKey.tsx'
import { withKey } from './with-key.ts'

type Props = { shortcut: Shortcut; isOff: boolean }

/** What a key does, the key, and another one for it where it is the person's to choose. */
export const KeyRow = ({ shortcut, isOff }: Props) => (
  <li className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1 text-14">
    <span className="min-w-48 grow text-text-2">{shortcut.what}</span>
    {'keys' in shortcut ? (
      <kbd className="font-mono text-13 whitespace-pre">{shortcut.keys}</kbd>
    ) : (
      <OwnKey action={shortcut.action} what={shortcut.what} isOff={isOff} />
    )}
  </li>
)

type OwnProps = { action: KeyAction; what: string; isOff: boolean }

const OwnKey = ({ action, what, isOff }: OwnProps) => {
  const { value: own } = useStore(ownKeys)
  const change = useRef<HTMLButtonElement>(null)
  const [isChoosing, setIsChoosing] = useState(false)
  const isOther = own[action] !== undefined
  const take = (key: string) => ownKeys.setState({ value: withKey(own, action, key) })
  const close = () => {
    setIsChoosing(false)
    // Once it is there again.
    requestAnimationFrame(() => change.current?.focus())
  }
  if (isChoosing) {
    return (
      <ChooseKey
        action={action}
        what={what}
        own={own}
        onTake={(key) => {
          take(key)
          close()
        }}
        onClose={close}
      />
    )
  }
  return (
    <>
      {isOther && (
        <Button size="small" look="quiet" onClick={() => take(defaultKeys[action])}>
          Back to {writeKey(defaultKeys[action])}
        </Button>
      )}
      <kbd
        className={classes(
          'min-w-12 text-right font-mono text-13 whitespace-pre',
          isOff && 'text-text-3 line-through',
        )}
      >
        {writeKey(keyOf(action, own))}
      </kbd>
      <Button
        ref={change}
        size="small"
        aria-label={`Change the key of ${what}`}
        onClick={() => setIsChoosing(true)}
      >
        Change
      </Button>
    </>
  )
}

import { useEffect, useRef } from 'react'
import { defaultKeys, isKeyAction, type KeyAction } from './default-keys.ts'
import { keyOf } from './key-of.ts'
import { ownKeys } from './own-keys.ts'
import { letterKeys } from './preferences.ts'

/** How long the first letter of a pair waits for the second. */
const pairMs = 1_200

type Action = (event: KeyboardEvent) => void
type Keys = Readonly<Partial<Record<KeyAction | 'Escape', Action>>>

/** Fields that take letters; a chosen radio button or a checkbox takes none. */
const fields =
  'input:not([type=radio], [type=checkbox], [type=button], [type=file]), textarea, select, [contenteditable=true]'

const isTyping = (target: EventTarget | null) => target instanceof Element && target.matches(fields)

const always = () => true

/** Of all pages: whoever presses a pair for another page does not mean its second letter here. */
const actionOf = (pressed: string): KeyAction | undefined => {
  const { value: own } = ownKeys.getState()
  return Object.keys(defaultKeys)
    .filter(isKeyAction)
    .find((action) => keyOf(action, own) === pressed)
}

/** Shortcuts such as `c` or `g t`, or what the person chose instead. They never fire while somebody types or a dialog is open. */
export const useKeys = (keys: Keys, isActive: () => boolean = always) => {
  const latest = useRef({ keys, isActive })
  latest.current = { keys, isActive }

  useEffect(() => {
    let first: { key: string; at: number } | null = null
    const take = (event: KeyboardEvent, action: Action | undefined) => {
      if (action === undefined) return
      first = null
      event.preventDefault()
      action(event)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('dialog[open]') !== null) return
      if (!latest.current.isActive()) return
      if (event.key === 'Escape') return take(event, latest.current.keys.Escape)
      if (event.key.length !== 1 || letterKeys.getState().value === 'off') return
      // Plus is where Shift is not pressed, too.
      const key = event.key === '=' && actionOf('=') === undefined ? '+' : event.key.toLowerCase()
      const pair =
        first !== null && event.timeStamp - first.at < pairMs ? `${first.key} ${key}` : ''
      first = { key, at: event.timeStamp }
      const wanted = actionOf(pair) ?? actionOf(key)
      if (wanted !== undefined) take(event, latest.current.keys[wanted])
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

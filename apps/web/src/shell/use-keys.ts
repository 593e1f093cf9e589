import { useEffect, useRef } from 'react'
import { letterKeys } from './preferences.ts'

/** How long the first letter of a pair waits for the second. */
const pairMs = 1_200

export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Fields that take letters; a chosen radio button or a checkbox takes none. */
const fields =
  'input:not([type=radio], [type=checkbox], [type=button], [type=file]), textarea, select, [contenteditable=true]'

const isTyping = (target: EventTarget | null) => target instanceof Element && target.matches(fields)

/** Shortcuts such as `c` or `g t`. They never fire while somebody types or a dialog is open. */
export const useKeys = (keys: Keys) => {
  const latest = useRef(keys)
  latest.current = keys

  useEffect(() => {
    let first: { key: string; at: number } | null = null
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (letterKeys.getState().value === 'off' || isTyping(event.target)) return
      if (document.querySelector('dialog[open]') !== null) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      const pair =
        first !== null && event.timeStamp - first.at < pairMs ? `${first.key} ${key}` : ''
      const action = latest.current[pair] ?? latest.current[key]
      first = { key, at: event.timeStamp }
      if (action === undefined) return
      first = null
      event.preventDefault()
      action(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}

import type { KeyboardEvent } from 'react'

/** Ctrl or ⌘ with S, anywhere within a form: the browser would save its page otherwise. */
export const onSaveKey = (save: () => void) => (event: KeyboardEvent) => {
  if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey) return
  event.preventDefault()
  save()
}

import { useLayoutEffect } from 'react'

let typed = ''

/** What was typed while a form was on its way; given to one asker. */
export const takeTypedAhead = (): string => {
  const taken = typed
  typed = ''
  return taken
}

/**
 * Stands in the place of a form that is being loaded: letters are kept for it instead of being lost, or
 * being taken for shortcuts of the page.
 */
export const TypedAhead = () => {
  // Gone in the moment in which the form stands there: no key falls between the two.
  useLayoutEffect(() => {
    typed = ''
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'Backspace') typed = typed.slice(0, -1)
      else if (event.key.length === 1) typed += event.key
      else return
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
  return null
}

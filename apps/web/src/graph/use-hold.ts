import { type RefObject, useEffect, useRef } from 'react'
import { dragging } from '../ui/dragging.ts'

/** Tells that a hand holds the picture, or has put it down: to what moves by itself, to the page, and to whoever asks. */
export const useHold = (
  frame: RefObject<HTMLElement | null>,
  onHold: ((isHeld: boolean) => void) | undefined,
) => {
  const tell = useRef(onHold)
  tell.current = onHold
  useEffect(() => {
    // It stands now, and may go while it is held.
    tell.current?.(false)
    return () => {
      dragging.set(false)
      tell.current?.(false)
    }
  }, [])
  return {
    isHeld: () => frame.current?.hasAttribute('data-dragged') === true,
    hold: (isHeld: boolean) => {
      // An attribute and no state: nothing but what moves by itself looks at it.
      frame.current?.toggleAttribute('data-dragged', isHeld)
      dragging.set(isHeld)
      tell.current?.(isHeld)
    },
  }
}

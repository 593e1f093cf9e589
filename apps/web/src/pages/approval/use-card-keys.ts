import { useRef } from 'react'
import { useKeyHint } from '../../shell/use-key-hint.ts'
import { useKeys } from '../../shell/use-keys.ts'

type Options = {
  /** Asks for the words of a rejection, or for nothing any more. */
  open: (asked: 'reject' | null) => void
  /** Opens what is changed before it is approved. */
  modify: (() => void) | undefined
  /** While something is asked, or nothing can be decided, they do nothing. */
  isOff: boolean
}

/** The card of a question: where it is shown, in a list or above a view. */
const cardOf = (element: Element | null) => element?.closest<HTMLElement>('article, li') ?? null

/**
 * The keys of a question, while something of its card has the focus. They open a form, and never decide.
 * `close` closes what was opened, and gives the focus back to the card.
 */
export const useCardKeys = ({ open, modify, isOff }: Options) => {
  const form = useRef<HTMLDivElement>(null)
  const hint = useKeyHint()
  useKeys(
    { reject: () => open('reject'), ...(modify !== undefined && { modify }) },
    () => !isOff && cardOf(form.current)?.contains(document.activeElement) === true,
  )
  const close = () => {
    open(null)
    const card = cardOf(form.current)
    const target = card?.matches('[tabindex]')
      ? card
      : card?.querySelector<HTMLElement>('a, button')
    target?.focus()
  }
  return { form, hint, close }
}

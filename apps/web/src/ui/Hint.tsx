import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { placeBeside, type Side } from './place-beside.ts'

/** Long enough that a pointer on its way elsewhere leaves no trail of hints. */
const openAfterMs = 400
/** Long enough to move the pointer onto the hint and read it there. */
const closeAfterMs = 120

type Props = {
  text: string | null
  side?: Side
  /** One element; its place is where the hint stands. */
  children: ReactNode
}

/**
 * A word or two about a control, on hover and on keyboard focus; Escape takes it away. Without text it is just the control.
 * It is a popover of the browser's own, so that neither a panel's edge nor a dialog covers it.
 */
export const Hint = ({ text, side = 'top', children }: Props) => {
  const around = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [isOpen, setIsOpen] = useState(false)
  const turn = (open: boolean, afterMs: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setIsOpen(open), afterMs)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <span
      ref={around}
      className="contents"
      onPointerEnter={({ pointerType }) => pointerType === 'mouse' && turn(true, openAfterMs)}
      onPointerLeave={() => turn(false, closeAfterMs)}
      onPointerDown={() => turn(false, 0)}
      onFocus={({ target }) => target.matches(':focus-visible') && turn(true, 0)}
      onBlur={() => turn(false, 0)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // Taken for the hint alone; a dialog closes with it all the same.
        if (isOpen && text !== null && event.currentTarget.closest('dialog') === null)
          event.preventDefault()
        turn(false, 0)
      }}
    >
      {children}
      {isOpen && text !== null && (
        <HintText text={text} side={side} anchorOf={() => around.current?.firstElementChild} />
      )}
    </span>
  )
}

type TextProps = { text: string; side: Side; anchorOf: () => Element | null | undefined }

const HintText = ({ text, side, anchorOf }: TextProps) => {
  const popover = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const element = popover.current
    const anchor = anchorOf()
    if (element === null || !anchor) return
    element.showPopover()
    const { left, top } = placeBeside({
      anchor: anchor.getBoundingClientRect(),
      size: element.getBoundingClientRect(),
      room: { width: window.innerWidth, height: window.innerHeight },
      side,
    })
    element.style.left = `${left}px`
    element.style.top = `${top}px`
  }, [anchorOf, side, text])
  return (
    <span
      ref={popover}
      role="tooltip"
      popover="manual"
      className="hint fixed inset-auto m-0 max-w-72 rounded-4 border-0 bg-text px-2 py-1 text-left text-12 font-normal whitespace-normal text-bg"
    >
      {text}
    </span>
  )
}

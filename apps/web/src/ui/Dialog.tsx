import { X } from 'lucide-react'
import { type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react'
import { classes } from './classes.ts'
import { IconButton } from './IconButton.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** `sheet` fills the screen of a phone. */
  look?: 'card' | 'sheet'
  /** Something is typed in it: neither Escape nor a press beside it throws that away. */
  holdsTyped?: boolean
  children: ReactNode
}

/** Above everything else, which waits meanwhile. The browser keeps the focus inside and gives it back afterwards. */
export const Dialog = ({ open, ...rest }: Props) => (open ? <OpenDialog {...rest} /> : null)

const OpenDialog = ({
  onOpenChange,
  title,
  description,
  look = 'card',
  holdsTyped = false,
  children,
}: Omit<Props, 'open'>) => {
  const titleId = useId()
  const place = useRef<HTMLDialogElement>(null)
  const [wasHeld, setWasHeld] = useState(false)
  const leave = () => (holdsTyped ? setWasHeld(true) : onOpenChange(false))

  useLayoutEffect(() => {
    const dialog = place.current
    dialog?.showModal()
    // What is asked for comes before the button that closes, which the browser would take as the first; where nothing is asked, the dialog is what is read.
    const asked =
      look === 'card' ? dialog?.querySelector<HTMLElement>('input, textarea, select') : null
    ;(asked ?? dialog)?.focus()
    // Closed before it is taken away: only then does the focus go back to what opened it.
    return () => dialog?.close()
  }, [look])

  return (
    <dialog
      ref={place}
      tabIndex={-1}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
      // A browser may close it by itself, when it is told to a second time.
      onClose={({ currentTarget }) => {
        if (currentTarget.open) return
        if (holdsTyped) currentTarget.showModal()
        leave()
      }}
      // The dialog itself is hit only beside its content.
      onPointerDown={({ target, currentTarget }) => target === currentTarget && leave()}
      className={classes(
        'dialog border border-line bg-bg p-0 text-text outline-none',
        look === 'card'
          ? 'mx-auto mt-[12vh] max-h-[76vh] w-[min(560px,calc(100vw-32px))] rounded-8'
          : 'mr-0 ml-auto h-full max-h-full w-full max-w-full md:w-[400px] md:border-l',
      )}
    >
      <div className={classes('flex flex-col', look === 'card' ? 'max-h-[76vh]' : 'h-full')}>
        <header className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-4">
          <h2 id={titleId} className="text-16 font-semibold">
            {title}
          </h2>
          <IconButton label="Close" icon={X} onClick={() => onOpenChange(false)} />
        </header>
        {description && <p className="px-4 pt-3 text-14 text-text-2">{description}</p>}
        {wasHeld && holdsTyped && (
          <p role="status" className="px-4 pt-3 text-14 font-medium">
            What you typed is not sent. Only the button “Close” throws it away.
          </p>
        )}
        <div className="min-h-0 grow overflow-y-auto">{children}</div>
      </div>
    </dialog>
  )
}

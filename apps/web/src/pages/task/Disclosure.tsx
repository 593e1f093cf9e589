import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'

type Props = { title: ReactNode; children: () => ReactNode; startsOpen?: boolean }

/** Content that is made only once it is opened. */
export const Disclosure = ({ title, children, startsOpen = false }: Props) => {
  const [isOpen, setIsOpen] = useState(startsOpen)
  // Opened when it turns true, and left to the person afterwards.
  const [wasAsked, setWasAsked] = useState(startsOpen)
  if (startsOpen !== wasAsked) {
    setWasAsked(startsOpen)
    if (startsOpen) setIsOpen(true)
  }
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
        className="flex w-full items-center gap-1.5 rounded-4 py-1 text-left text-13 font-medium text-text-2 hover:text-text pointer-coarse:min-h-11"
      >
        <ChevronRight
          aria-hidden
          size={14}
          className={`shrink-0 transition-transform duration-[120ms] ${isOpen ? 'rotate-90' : ''}`}
        />
        {title}
      </button>
      {isOpen && <div className="pt-1 pb-2">{children()}</div>}
    </div>
  )
}

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'
import { IconButton } from './IconButton.tsx'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: ReactNode
  /** `sheet` fills the screen of a phone. */
  look?: 'card' | 'sheet'
  children: ReactNode
}

export const Dialog = ({
  open,
  onOpenChange,
  title,
  description,
  look = 'card',
  children,
}: Props) => (
  <Base.Root open={open} onOpenChange={onOpenChange}>
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-40 bg-scrim transition-opacity duration-[180ms] data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
      <Base.Popup
        className={classes(
          'fixed z-40 flex flex-col border border-line bg-bg transition-opacity duration-[180ms] data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
          look === 'card'
            ? 'top-[12vh] left-1/2 max-h-[76vh] w-[min(560px,calc(100vw-32px))] -translate-x-1/2 rounded-8'
            : 'inset-y-0 right-0 w-full md:w-[400px] md:border-l',
        )}
      >
        <header className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-4">
          <Base.Title className="text-16 font-semibold">{title}</Base.Title>
          <Base.Close render={<IconButton label="Close" icon={X} />} />
        </header>
        {description && (
          <Base.Description className="px-4 pt-3 text-14 text-text-2">
            {description}
          </Base.Description>
        )}
        <div className="min-h-0 grow overflow-y-auto">{children}</div>
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
)

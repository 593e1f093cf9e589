import type { ReactNode } from 'react'
import { Dialog } from '../../ui/Dialog.tsx'

type Props = { onClose: () => void; children: ReactNode }

/** The inspector where there is no room beside the view. */
export const InspectorSheet = ({ onClose, children }: Props) => (
  <Dialog open onOpenChange={(open) => !open && onClose()} title="Step" look="sheet">
    {children}
  </Dialog>
)

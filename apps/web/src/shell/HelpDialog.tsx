import { Link } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { ShortcutTable } from './ShortcutTable.tsx'

export const HelpDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog open onOpenChange={(open) => !open && onClose()} title="Keys">
    <div className="p-4">
      <ShortcutTable />
      <Link
        to={paths.shortcuts()}
        onClick={onClose}
        className="text-14 font-medium text-accent underline underline-offset-2"
      >
        Choose other keys, or turn them off
      </Link>
    </div>
  </Dialog>
)

import { Dialog } from '../ui/Dialog.tsx'
import { ShortcutTable } from './ShortcutTable.tsx'

export const HelpDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog open onOpenChange={(open) => !open && onClose()} title="Keys">
    <div className="p-4">
      <ShortcutTable />
    </div>
  </Dialog>
)

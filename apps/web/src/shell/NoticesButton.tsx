import { Bell } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '../ui/IconButton.tsx'
import { NoticesDialog } from './NoticesDialog.tsx'

/** There once something was told, to look it up. */
export const NoticesButton = () => {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <IconButton label="Notices" icon={Bell} onClick={() => setIsOpen(true)} />
      {isOpen && <NoticesDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}

import { Bell } from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { IconButton } from '../ui/IconButton.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { notices } from './notices.ts'

const NoticesDialog = lazyPart(() =>
  import('./NoticesDialog.tsx').then((module) => module.NoticesDialog),
)

/** There is something to look up only once something was told. */
export const NoticesButton = () => {
  const { kept } = useStore(notices.store)
  const [isOpen, setIsOpen] = useState(false)
  if (kept.length === 0) return null
  return (
    <>
      <IconButton label="Notices" icon={Bell} onClick={() => setIsOpen(true)} />
      {isOpen && <NoticesDialog onClose={() => setIsOpen(false)} />}
    </>
  )
}

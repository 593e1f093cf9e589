import { CircleAlert, CircleCheck } from 'lucide-react'
import { useStore } from 'zustand'
import { RelativeTime } from '../ui/RelativeTime.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { notices } from './notices.ts'

/** Everything that was told in passing since this page was loaded. */
export const NoticesDialog = ({ onClose }: { onClose: () => void }) => {
  const { kept } = useStore(notices.store)
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Notices">
      <ul className="divide-y divide-line">
        {kept.map(({ id, text, tone, atMs }) => {
          const Icon = tone === 'failed' ? CircleAlert : CircleCheck
          return (
            <li key={id} className="flex items-start gap-2.5 px-4 py-2.5 text-14">
              <Icon
                aria-hidden
                size={16}
                className={`mt-0.5 shrink-0 ${tone === 'failed' ? 'text-failed' : 'text-done'}`}
              />
              <span className="min-w-0 grow break-words">{text}</span>
              <span className="shrink-0 text-13 text-text-3">
                <RelativeTime at={new Date(atMs).toISOString()} />
              </span>
            </li>
          )
        })}
      </ul>
    </Dialog>
  )
}

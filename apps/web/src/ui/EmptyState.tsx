import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = { icon?: LucideIcon; title: string; children?: ReactNode; action?: ReactNode }

/** Why there is nothing here, and the one thing to do about it. */
export const EmptyState = ({ icon: Icon, title, children, action }: Props) => (
  <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-16 text-center">
    {Icon && <Icon aria-hidden size={24} strokeWidth={1.5} className="mb-1 text-text-3" />}
    <p className="text-16 font-medium text-text">{title}</p>
    {children && <div className="text-14 text-text-2">{children}</div>}
    {action && <div className="mt-3 flex gap-2">{action}</div>}
  </div>
)

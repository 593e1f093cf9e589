import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = { to: '/tasks' | '/needs-you' | '/costs' | '/settings/providers'; children: ReactNode }

/** To the page that has all of what a panel shows. */
export const MoreLink = ({ to, children }: Props) => (
  <Link
    to={to}
    className="mx-4 mt-auto inline-flex items-center gap-1 self-start rounded-4 pt-2 text-13 font-medium text-accent hover:underline pointer-coarse:min-h-11"
  >
    {children}
    <ChevronRight aria-hidden size={14} />
  </Link>
)

import { Activity, CircleDollarSign, Hand, Layers, ListChecks, Settings } from 'lucide-react'
import { paths } from '../paths.ts'

/** `under`: what addresses of its other pages begin with, where that is not its own. */
export const navItems = [
  {
    to: paths.needsYou(),
    label: 'Needs you',
    icon: Hand,
    action: 'needs-you',
    under: '/approvals',
  },
  { to: paths.tasks(), label: 'Tasks', icon: ListChecks, action: 'tasks', under: null },
  { to: paths.queues(), label: 'Queues', icon: Layers, action: 'queues', under: null },
  { to: paths.costs(), label: 'Costs', icon: CircleDollarSign, action: 'costs', under: null },
  { to: paths.status(), label: 'Status', icon: Activity, action: 'status', under: null },
] as const

/** Apart from the others: at the end of each navigation. */
export const settingsItem = {
  to: paths.appearance(),
  label: 'Settings',
  icon: Settings,
  under: '/settings',
} as const

export type NavItem = (typeof navItems)[number] | typeof settingsItem

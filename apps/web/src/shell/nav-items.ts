import { Activity, CircleDollarSign, Hand, Layers, ListChecks } from 'lucide-react'
import { paths } from '../paths.ts'

export const navItems = [
  { to: paths.needsYou(), label: 'Needs you', icon: Hand, key: 'g n' },
  { to: paths.tasks(), label: 'Tasks', icon: ListChecks, key: 'g t' },
  { to: paths.queues(), label: 'Queues', icon: Layers, key: 'g q' },
  { to: paths.costs(), label: 'Costs', icon: CircleDollarSign, key: 'g c' },
  { to: paths.status(), label: 'Status', icon: Activity, key: 'g u' },
] as const

import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { classes } from '../ui/classes.ts'
import type { NavItem } from './nav-items.ts'

type Props = {
  item: NavItem
  look: string
  activeLook: string
  inactiveLook?: string
  children: ReactNode
}

/** A part of the console in a navigation: marked on each of its pages, also those whose address is not below its own. */
export const NavLink = ({ item, look, activeLook, inactiveLook, children }: Props) => {
  const isWithin = useRouterState({
    select: ({ location }) => `${location.pathname}/`.startsWith(`${item.under ?? item.to}/`),
  })
  return (
    <Link
      to={item.to}
      className={look}
      activeProps={{ className: activeLook }}
      inactiveProps={{
        className: isWithin ? activeLook : classes(inactiveLook),
        'aria-current': isWithin ? 'true' : undefined,
      }}
    >
      {children}
    </Link>
  )
}

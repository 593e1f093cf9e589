import { useNavigate, useRouterState } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { classes } from '../ui/classes.ts'
import { lazyPart } from '../ui/lazy-part.tsx'
import { moreItems } from './nav-items.ts'

const Menu = lazyPart(() => import('../ui/Menu.tsx').then((module) => module.Menu))

type Props = { look: string; activeLook: string; inactiveLook: string }

/** The parts of the console for which a phone's bar has no place. */
export const MoreButton = ({ look, activeLook, inactiveLook }: Props) => {
  const navigate = useNavigate()
  const [at, setAt] = useState<{ x: number; y: number } | null>(null)
  const isWithin = useRouterState({
    select: ({ location }) =>
      moreItems.some(({ to, under }) => location.pathname.startsWith(under ?? to)),
  })
  return (
    <>
      <button
        type="button"
        aria-haspopup="menu"
        aria-expanded={at !== null}
        className={classes(look, isWithin ? activeLook : inactiveLook)}
        onClick={({ currentTarget }) => {
          const { left, right, top } = currentTarget.getBoundingClientRect()
          setAt({ x: (left + right) / 2, y: top })
        }}
      >
        <Ellipsis aria-hidden size={20} strokeWidth={1.75} />
        More
      </button>
      {at !== null && (
        <Menu
          label="More pages"
          at={at}
          side="top"
          items={moreItems.map(({ to, label }) => ({ id: to, label, unavailable: null }))}
          onChoose={(to) => {
            setAt(null)
            const item = moreItems.find((one) => one.to === to)
            if (item) void navigate({ to: item.to })
          }}
          onClose={() => setAt(null)}
        />
      )}
    </>
  )
}

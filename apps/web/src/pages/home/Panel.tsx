import { type ReactNode, useId } from 'react'
import { classes } from '../../ui/classes.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { panelNames, type PlacedPanel } from './arrangement.ts'

const PanelTools = lazyPart(() => import('./PanelTools.tsx').then((module) => module.PanelTools))

type Props = {
  placed: PlacedPanel
  /** Among those that are shown, from 1 on. */
  place: number
  places: number
  isArranged: boolean
  children: ReactNode
}

/** One part of Home under its name; while it is arranged, with what it takes to put it elsewhere. */
export const Panel = ({ placed, place, places, isArranged, children }: Props) => {
  const id = useId()
  return (
    <section
      aria-labelledby={id}
      data-panel={placed.panel}
      className={classes(
        'flex min-w-0 flex-col rounded-8 border bg-bg',
        isArranged ? 'border-dashed border-line-strong' : 'border-line',
        placed.width === 'two' && '@4xl:col-span-2',
      )}
    >
      <div className="flex min-h-11 items-center justify-between gap-1 pr-2 pl-4">
        <h2 id={id} className="min-w-0 truncate text-14 font-semibold">
          {panelNames[placed.panel]}
        </h2>
        {isArranged && <PanelTools placed={placed} place={place} places={places} />}
      </div>
      <div className="@container flex min-h-0 grow flex-col pb-3">{children}</div>
    </section>
  )
}

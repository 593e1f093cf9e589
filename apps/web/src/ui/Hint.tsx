import { Tooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'

type Props = {
  text: string | null
  side?: 'top' | 'bottom' | 'left' | 'right'
  children: ReactElement
}

/** A word or two about a control, on hover and on focus. Without text it is just the control. */
export const Hint = ({ text, side = 'top', children }: Props) => {
  if (text === null) return children
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className="z-50">
          <Tooltip.Popup className="max-w-72 rounded-4 bg-text px-2 py-1 text-12 text-bg transition-opacity duration-[120ms] data-[ending-style]:opacity-0 data-[starting-style]:opacity-0">
            {text}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

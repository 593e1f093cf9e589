import type { AxisMode } from '../../scrubber/axis.ts'
import { Scrubber } from '../../scrubber/Scrubber.tsx'
import { useDescribe } from './use-describe.ts'
import { useTaskSession, useView } from './task-context.ts'
import type { Seek } from './use-position.ts'

type Props = {
  axisMode: AxisMode
  isCompact: boolean
  onAxisMode: (mode: AxisMode) => void
  onSeek: Seek
  onLive: () => void
}

/** The scrubber of this task. It alone renders when events come in. */
export const TaskScrubber = (props: Props) => {
  const session = useTaskSession()
  const ticks = useView((view) => view.ticks)
  const isReplay = useView((view) => view.mode === 'replay')
  const describe = useDescribe()
  return (
    <Scrubber
      {...props}
      ticks={ticks}
      place={session.view}
      isReplay={isReplay}
      describe={describe}
    />
  )
}

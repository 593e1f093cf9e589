import { Pause, Play, SkipBack, StepBack, StepForward } from 'lucide-react'
import { useKeyHint } from '../shell/use-key-hint.ts'
import { IconButton } from '../ui/IconButton.tsx'

type Props = {
  isCompact: boolean
  isPlaying: boolean
  /** Why there is nothing to move through. */
  nothing: string | null
  onFirst: () => void
  onStep: (by: 1 | -1) => void
  onToggle: () => void
}

/** To the first event, one back, play, one on. */
export const Transport = ({ isCompact, isPlaying, nothing, onFirst, onStep, onToggle }: Props) => {
  const hint = useKeyHint()
  return (
    <div className="flex items-center">
      {!isCompact && (
        <IconButton label="First event" icon={SkipBack} unavailable={nothing} onClick={onFirst} />
      )}
      <IconButton
        label={hint('Previous event', 'previous-event')}
        icon={StepBack}
        unavailable={nothing}
        onClick={() => onStep(-1)}
      />
      <IconButton
        label={isPlaying ? 'Stop' : 'Play'}
        icon={isPlaying ? Pause : Play}
        unavailable={nothing}
        onClick={onToggle}
      />
      <IconButton
        label={hint('Next event', 'next-event')}
        icon={StepForward}
        unavailable={nothing}
        onClick={() => onStep(1)}
      />
    </div>
  )
}

import { Maximize, Minus, Plus, Workflow } from 'lucide-react'
import { IconButton } from '../ui/IconButton.tsx'
import type { Tidying } from './use-arrangement.ts'

type Props = {
  onZoom: (factor: number) => void
  onFit: () => void
  onTidy: () => void
  tidying: Tidying
}

const tidyWords: Record<Tidying, string | null> = {
  idle: null,
  busy: 'Looking for a picture with fewer crossings …',
  done: 'Fewer lines cross now',
  'as-good': 'No picture with fewer crossings was found',
  'too-long': 'It took longer than 3 s: the picture stays as it was',
  failed: 'The layout could not be asked: the picture stays as it was',
}

/** What a pinch and a wheel do, for those without them. */
export const GraphControls = ({ onZoom, onFit, onTidy, tidying }: Props) => (
  <div className="absolute bottom-3 left-3 z-10 flex items-center rounded-6 border border-line bg-bg">
    <IconButton label="Zoom out" icon={Minus} onClick={() => onZoom(1 / 1.25)} />
    <IconButton label="Zoom in" icon={Plus} onClick={() => onZoom(1.25)} />
    <IconButton label="Fit   F" icon={Maximize} onClick={onFit} />
    <IconButton label="Tidy layout" icon={Workflow} pending={tidying === 'busy'} onClick={onTidy} />
    {/* It stands there before it says something, so that it is heard. */}
    <p role="status" className="text-12 text-text-2 not-empty:px-2">
      {tidyWords[tidying]}
    </p>
  </div>
)

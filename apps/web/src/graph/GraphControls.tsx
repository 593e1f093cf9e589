import { Maximize, Minus, Plus, Workflow } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/IconButton.tsx'
import type { Tidying } from './use-arrangement.ts'

type Props = {
  onZoom: (factor: number) => void
  onFit: () => void
  onTidy: () => void
  tidying: Tidying
  /** What else is done with this picture. */
  children?: ReactNode
}

const tidyWords: Record<Tidying, string | null> = {
  idle: null,
  busy: 'Looking for a picture with fewer crossings …',
  done: 'Fewer lines cross now',
  'as-good': 'No picture with fewer crossings was found',
  'too-long': 'It took longer than 3 s: the picture stays as it was',
  failed: 'The layout could not be asked: the picture stays as it was',
}

/** What a pinch and a wheel do, for those without them. Below the picture, where it covers no card. */
export const GraphControls = ({ onZoom, onFit, onTidy, tidying, children }: Props) => (
  <div
    data-graph-controls
    className="flex shrink-0 items-center gap-1 overflow-x-auto border-t border-line bg-bg px-2 py-1 pointer-coarse:py-0"
  >
    <IconButton label="Zoom out" icon={Minus} size="small" onClick={() => onZoom(1 / 1.25)} />
    <IconButton label="Zoom in" icon={Plus} size="small" onClick={() => onZoom(1.25)} />
    <IconButton label="Fit   F" icon={Maximize} size="small" onClick={onFit} />
    <IconButton
      label="Tidy layout"
      icon={Workflow}
      size="small"
      pending={tidying === 'busy'}
      onClick={onTidy}
    />
    {/* It stands there before it says something, so that it is heard. */}
    <p role="status" className="min-w-0 grow px-1 text-12 text-text-2">
      {tidyWords[tidying]}
    </p>
    {children}
  </div>
)

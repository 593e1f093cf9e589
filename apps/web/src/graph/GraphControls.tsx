import { Maximize, Minus, Plus } from 'lucide-react'
import { IconButton } from '../ui/IconButton.tsx'

type Props = { onZoom: (factor: number) => void; onFit: () => void }

/** What a pinch and a wheel do, for those without them. */
export const GraphControls = ({ onZoom, onFit }: Props) => (
  <div className="absolute bottom-3 left-3 z-10 flex rounded-6 border border-line bg-bg">
    <IconButton label="Zoom out" icon={Minus} onClick={() => onZoom(1 / 1.25)} />
    <IconButton label="Zoom in" icon={Plus} onClick={() => onZoom(1.25)} />
    <IconButton label="Fit   F" icon={Maximize} onClick={onFit} />
  </div>
)

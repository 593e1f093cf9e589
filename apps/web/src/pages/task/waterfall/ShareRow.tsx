import { formatDuration } from '../../../ui/format-time.ts'
import { formatShare } from './format-share.ts'

type Props = {
  name: string
  /** What the time was for. */
  detail?: string
  ms: number
  share: number
  /** Left out: there is nowhere to go. */
  onPress?: () => void
}

/** How long something took, and how much of the whole that is. */
export const ShareRow = ({ name, detail, ms, share, onPress }: Props) => {
  const words = (
    <>
      <span className="block truncate">{name}</span>
      {detail !== undefined && detail !== '' && (
        <span className="block truncate text-12 text-text-3" title={detail}>
          {detail}
        </span>
      )}
    </>
  )
  return (
    <li className="tnum flex items-baseline gap-3 py-0.5 text-13 pointer-coarse:min-h-11">
      {onPress === undefined ? (
        <span className="min-w-0 grow">{words}</span>
      ) : (
        <button
          type="button"
          className="min-w-0 grow rounded-4 text-left hover:underline pointer-coarse:min-h-11"
          onClick={onPress}
        >
          {words}
        </button>
      )}
      <span className="shrink-0">{formatDuration(ms)}</span>
      <span className="w-12 shrink-0 text-right text-text-3">{formatShare(share)}</span>
    </li>
  )
}

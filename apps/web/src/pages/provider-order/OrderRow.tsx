import type { ProviderName } from '@maestro/contracts/llm/chat'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { formatUntil } from '../../ui/format-time.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { useNow } from '../../ui/use-now.ts'
import { providerNames } from '../provider-names.ts'
import { type ProviderState, providerStateLook } from '../provider-state-look.ts'

type Known = {
  configured: boolean
  model: string
  state: ProviderState
  until: string | null
  reason: string
}
type Props = {
  name: ProviderName
  /** Among those that are asked, from 0; −1: it is not. */
  place: number
  count: number
  known: Known | undefined
  onUse: (isUsed: boolean) => void
  onMove: (by: 1 | -1) => void
}

export const OrderRow = ({ name, place, count, known, onUse, onMove }: Props) => {
  const now = useNow(1_000, known?.until !== undefined && known.until !== null)
  const isUsed = place >= 0
  return (
    <li className="flex items-center gap-2 border-b border-line py-1.5 pr-1 pl-3 last:border-b-0">
      <label className="flex min-w-0 grow items-center gap-2.5 pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="size-4 shrink-0 accent-(--accent)"
          checked={isUsed}
          onChange={() => onUse(!isUsed)}
        />
        <span className="tnum w-4 shrink-0 text-13 text-text-3">{isUsed ? place + 1 : ''}</span>
        <span className="min-w-0">
          <span className="flex flex-wrap items-center gap-x-3 text-14">
            <span className="font-medium">{providerNames[name]}</span>
            {known && (
              <span className="text-13">
                <StatusMark look={providerStateLook[known.state]} still />
                {known.until !== null && (
                  <span className="tnum text-text-2">
                    , ready {formatUntil(Date.parse(known.until), now)}
                  </span>
                )}
              </span>
            )}
          </span>
          {known && (known.reason !== '' || known.model !== '') && (
            <span className="block text-12 break-words text-text-3">
              {known.reason === '' ? known.model : known.reason}
            </span>
          )}
        </span>
      </label>
      <IconButton
        label={`Ask ${providerNames[name]} earlier`}
        icon={ArrowUp}
        size="small"
        unavailable={place > 0 ? null : 'It cannot move up'}
        onClick={() => onMove(-1)}
      />
      <IconButton
        label={`Ask ${providerNames[name]} later`}
        icon={ArrowDown}
        size="small"
        unavailable={isUsed && place < count - 1 ? null : 'It cannot move down'}
        onClick={() => onMove(1)}
      />
    </li>
  )
}

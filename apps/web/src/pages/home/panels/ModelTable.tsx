import { ProviderName } from '@maestro/contracts/llm/chat'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { formatCount } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatDate } from '../../../ui/format-time.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { cellLook, WideTable } from '../../../ui/WideTable.tsx'
import { providerNames } from '../../provider-names.ts'
import { providerStateLook } from '../../provider-state-look.ts'
import { timePerCall } from '../../time-per-call.ts'
import type { ModelLine } from '../model-lines.ts'
import { PanelNote } from '../PanelNote.tsx'

const heads = ['Model', 'Now', 'Calls', 'Failed', 'Tokens in', 'Tokens out', 'Cost', 'Time a call']

const nameOf = (provider: string | null): string => {
  const known = ProviderName.safeParse(provider)
  return known.success ? providerNames[known.data] : (provider ?? 'Nobody was asked')
}

type Props = {
  lines: readonly ModelLine[]
  /** Since when the figures count; null: they are not known. */
  from: string | null
}

/** Each model: as the router sees it now, and what it did. */
export const ModelTable = ({ lines, from }: Props) => (
  <>
    {from !== null && <PanelNote>Calls since {formatDate(Date.parse(from))}</PanelNote>}
    <div className="px-4">
      <WideTable label="Models" heads={heads} isNumber={(index) => index > 1}>
        {lines.map(({ provider, model, now, figures }) => (
          <tr key={`${provider} ${model}`}>
            <th scope="row" className={`${cellLook(false)} font-medium`}>
              {nameOf(provider)}{' '}
              <span className="font-mono text-12 font-normal text-text-2">{model}</span>
            </th>
            <td className={cellLook(false)}>
              {now === null ? (
                <span className="text-text-3">Not asked lately</span>
              ) : (
                <StatusMark look={providerStateLook[now.state]} />
              )}
              {now !== null && now.reason !== '' && (
                <span className="block max-w-80 text-12 whitespace-normal text-text-3">
                  {now.reason}
                </span>
              )}
            </td>
            {figures === null ? (
              <td colSpan={6} className={`${cellLook(true)} text-text-3`}>
                {from === null ? '–' : 'No call in this time'}
              </td>
            ) : (
              <>
                {[figures.calls, figures.failed, figures.inputTokens, figures.outputTokens].map(
                  (count, index) => (
                    <td key={heads[index + 2]} className={cellLook(true)}>
                      {formatCount(count)}
                    </td>
                  ),
                )}
                <td className={cellLook(true)}>{formatMoney(nanoUsdFromText(figures.costUsd))}</td>
                <td className={cellLook(true)}>{timePerCall(figures)}</td>
              </>
            )}
          </tr>
        ))}
      </WideTable>
    </div>
  </>
)

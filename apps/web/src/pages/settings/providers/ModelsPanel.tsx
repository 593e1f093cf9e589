import type { ModelLine } from '@maestro/contracts/gateway/routes/model-routes'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { modelsQuery, refreshModels } from '../../../api/provider-settings.ts'
import { messageOf } from '../../../api/request-id.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { inputLook } from '../../../ui/control-look.ts'
import { formatCount, formatPlural } from '../../../ui/format-count.ts'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { providerNames } from '../../provider-names.ts'
import { QueryFailure } from '../../QueryFailure.tsx'
import { SettingsSection } from './SettingsSection.tsx'
import { cellLook, WideTable } from '../../../ui/WideTable.tsx'

/** Providers list hundreds: the rest comes when it is asked for. */
const shownMax = 25
const heads = ['Model', 'Context', 'In, per million', 'Cached in', 'Out, per million', 'Price by']

const origins: Record<NonNullable<ModelLine['price']>['origin'], string> = {
  file: 'what ships',
  provider: 'its provider',
  override: 'you',
}

/** What can be asked, how much fits into it and what it costs: a model without a price is refused, never free. */
export const ModelsPanel = () => {
  const { http } = useApp()
  const client = useQueryClient()
  const models = useQuery(modelsQuery(http))
  const [words, setWords] = useState('')
  const [showsAll, setShowsAll] = useState(false)
  const refreshing = useMutation({
    mutationFn: () => refreshModels(http),
    onSuccess: () => client.invalidateQueries({ queryKey: modelsQuery(http).queryKey }),
  })
  const found = (models.data?.items ?? []).filter(({ provider, model }) =>
    words
      .toLowerCase()
      .split(/\s+/)
      .every((word) => `${provider} ${model}`.toLowerCase().includes(word)),
  )
  const shown = showsAll ? found : found.slice(0, shownMax)
  return (
    <SettingsSection
      title="Models and prices"
      note="In dollars per million tokens. A model whose price nobody knows is refused by the budget: it is not priced, which is not the same as free."
      actions={
        <Button
          icon={RotateCw}
          pending={refreshing.isPending}
          hint="Asks the providers for their models and prices"
          onClick={() => refreshing.mutate()}
        >
          Ask the providers now
        </Button>
      }
    >
      <div role="status" className="text-13 text-text-2">
        {refreshing.data?.items.map(({ provider, models: count, pricesChanged, problem }) => (
          <p key={provider}>
            {providerNames[provider]}:{' '}
            {problem === ''
              ? `${formatPlural(count, 'model')}, ${formatPlural(pricesChanged, 'changed price')}`
              : problem}
          </p>
        ))}
      </div>
      {refreshing.isError && (
        <p role="alert" className="text-13 font-medium text-failed">
          {messageOf(refreshing.error)}
        </p>
      )}
      {models.isPending && <SkeletonRows rows={4} label="Loading the models" />}
      {models.isError && (
        <QueryFailure
          what="The models"
          error={models.error}
          onRetry={() => void models.refetch()}
        />
      )}
      {models.data?.items.length === 0 && (
        <p className="text-14 text-text-2">
          No provider has listed its models yet. With a key that works, they come by themselves.
        </p>
      )}
      {models.data && models.data.items.length > 0 && (
        <>
          <input
            type="search"
            aria-label="Words in the name of a model"
            placeholder="Words in the name"
            value={words}
            onChange={(event) => setWords(event.target.value)}
            className={`${inputLook} mt-2 mb-3 w-64 max-w-full`}
          />
          {shown.length > 0 ? (
            <WideTable
              label="Models and prices"
              heads={heads}
              isNumber={(index) => index > 0 && index < 5}
            >
              {shown.map((line) => (
                <ModelRow key={`${line.provider} ${line.model}`} line={line} />
              ))}
            </WideTable>
          ) : (
            <p className="text-14 text-text-2">No model has these words in its name.</p>
          )}
          {found.length > shown.length && (
            <Button className="mt-3" onClick={() => setShowsAll(true)}>
              All {formatCount(found.length)}
            </Button>
          )}
        </>
      )}
    </SettingsSection>
  )
}

const ModelRow = ({ line }: { line: ModelLine }) => {
  const { provider, model, isDefault, canChat, contextTokensMax, price } = line
  const rate = price?.rate
  const dollars = (text: string | undefined) => (text === undefined ? '–' : `$${text}`)
  return (
    <tr>
      <td className={cellLook(false)}>
        <span className="font-medium">{providerNames[provider]}</span>{' '}
        <span className="font-mono text-12 text-text-2">{model}</span>
        {isDefault && <span className="ml-2 text-12 text-done">default</span>}
        {!canChat && <span className="ml-2 text-12 text-text-3">does not chat</span>}
      </td>
      <td className={cellLook(true)}>
        {contextTokensMax === null ? 'not known' : formatCount(contextTokensMax)}
      </td>
      <td className={cellLook(true)}>
        {price === null ? (
          <span className="text-waiting">not priced</span>
        ) : (
          dollars(rate?.inputUsdPerMTok)
        )}
      </td>
      <td className={cellLook(true)}>{dollars(rate?.cachedInputUsdPerMTok)}</td>
      <td className={cellLook(true)}>{dollars(rate?.outputUsdPerMTok)}</td>
      <td className={`${cellLook(false)} text-text-2`} title={price?.source}>
        {price === null ? '' : origins[price.origin]}
      </td>
    </tr>
  )
}

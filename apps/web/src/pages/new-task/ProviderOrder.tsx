import { ProviderName } from '@maestro/contracts/llm/chat'
import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { providersQuery } from '../../api/providers.ts'
import { useApp } from '../../shell/app-context.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Segments } from '../../ui/Segments.tsx'
import { providerNames } from '../provider-names.ts'

type Props = {
  value: readonly ProviderName[] | null
  error: string | undefined
  onValue: (value: readonly ProviderName[] | null) => void
}

/** Who is asked first, and who when that one fails. */
export const ProviderOrder = ({ value, error, onValue }: Props) => {
  const { data } = useQuery(providersQuery(useApp().http))
  const configured = data?.items.filter((item) => item.configured).map(({ provider }) => provider)
  const move = (index: number, by: 1 | -1) => {
    const order = [...(value ?? [])]
    const [moved] = order.splice(index, 1)
    if (moved) order.splice(index + by, 0, moved)
    onValue(order)
  }
  const rest = ProviderName.options.filter((name) => !value?.includes(name))
  return (
    <div className="flex flex-col items-start gap-2">
      <span className="text-14 font-medium">Providers</span>
      <Segments
        label="Providers"
        value={value === null ? 'automatic' : 'own'}
        options={[
          { value: 'automatic', label: 'Automatic' },
          { value: 'own', label: 'My order' },
        ]}
        onValue={(chosen) =>
          onValue(chosen === 'automatic' ? null : configured?.length ? configured : ['rehearsal'])
        }
      />
      {value === null && (
        <p className="text-13 text-text-3">
          {configured === undefined
            ? 'What is configured, in its order.'
            : `${
                configured
                  .filter((name) => name !== 'rehearsal')
                  .map((name) => providerNames[name])
                  .join(', then ') || 'None is configured, so it is a rehearsal'
              }.`}
        </p>
      )}
      {value !== null && (
        <ol aria-label="Order of providers" className="w-full rounded-6 border border-line">
          {[...value, ...rest].map((name, index) => {
            const place = value.indexOf(name)
            const isUsed = place >= 0
            const known = data?.items.find(({ provider }) => provider === name)
            return (
              <li
                key={name}
                className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3 last:border-b-0"
              >
                <label className="flex min-w-0 grow items-center gap-2 pointer-coarse:min-h-11">
                  <input
                    type="checkbox"
                    className="size-4 accent-(--accent)"
                    checked={isUsed}
                    onChange={() =>
                      onValue(isUsed ? value.filter((other) => other !== name) : [...value, name])
                    }
                  />
                  <span className="tnum w-4 text-13 text-text-3">{isUsed ? index + 1 : ''}</span>
                  <span className="text-14">{providerNames[name]}</span>
                  <span className="truncate text-13 text-text-3">
                    {known === undefined || known.configured ? known?.model : 'not configured'}
                  </span>
                </label>
                <IconButton
                  label={`Ask ${providerNames[name]} earlier`}
                  icon={ArrowUp}
                  size="small"
                  unavailable={isUsed && place > 0 ? null : 'It cannot move up'}
                  onClick={() => move(place, -1)}
                />
                <IconButton
                  label={`Ask ${providerNames[name]} later`}
                  icon={ArrowDown}
                  size="small"
                  unavailable={isUsed && place < value.length - 1 ? null : 'It cannot move down'}
                  onClick={() => move(place, 1)}
                />
              </li>
            )
          })}
        </ol>
      )}
      {error !== undefined && (
        <p role="alert" className="text-13 font-medium text-failed">
          {error}
        </p>
      )}
    </div>
  )
}

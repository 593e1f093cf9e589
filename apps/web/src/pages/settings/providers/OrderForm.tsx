import type { SystemStrategy } from '@maestro/contracts/llm/call-strategy'
import type { StrategyVersion } from '@maestro/contracts/llm/strategy-endpoints'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Save } from 'lucide-react'
import { useState } from 'react'
import { setStrategy, strategyQuery } from '../../../api/provider-settings.ts'
import { messageOf } from '../../../api/request-id.ts'
import { useApp } from '../../../shell/app-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Select } from '../../../ui/Select.tsx'
import { ProviderOrderList } from '../../provider-order/ProviderOrderList.tsx'
import { isSameStrategy } from './is-same-strategy.ts'

const preferences: readonly { value: SystemStrategy['prefer']; label: string }[] = [
  { value: 'order', label: 'As they stand here' },
  { value: 'latency', label: 'The fastest of late' },
  { value: 'price', label: 'The cheapest' },
  { value: 'headroom', label: 'Who has the most of its limits left' },
]

/** Changed here first, and sent as one: each saved order is a version of its own. */
export const OrderForm = ({ held }: { held: StrategyVersion }) => {
  const { http } = useApp()
  const client = useQueryClient()
  /** What was changed, and from which version on. */
  const [draft, setDraft] = useState<{ from: number; strategy: SystemStrategy } | null>(null)
  const strategy = draft?.strategy ?? held.strategy
  const isChanged = draft !== null && !isSameStrategy(draft.strategy, held.strategy)
  const isStale = isChanged && draft.from !== held.version
  const saving = useMutation({
    mutationFn: (body: { strategy: SystemStrategy; expectedVersion: number }) =>
      setStrategy(http, body),
    onSuccess: (saved) => {
      client.setQueryData(strategyQuery(http).queryKey, saved)
      setDraft(null)
    },
    // Somebody was first: what holds now is read, and what was changed here stays.
    onError: () => void client.invalidateQueries({ queryKey: strategyQuery(http).queryKey }),
  })
  const change = (next: SystemStrategy) => {
    saving.reset()
    setDraft({ from: draft?.from ?? held.version, strategy: next })
  }
  return (
    <form
      aria-label="Order of providers"
      className="flex max-w-[640px] flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate({ strategy, expectedVersion: held.version })
      }}
    >
      <ProviderOrderList
        value={strategy.providers}
        onValue={(providers) => change({ ...strategy, providers: [...providers] })}
      />
      <Field label="Of those that can answer, ask first">
        {({ id }) => (
          <Select
            id={id}
            className="w-full max-w-80"
            value={strategy.prefer}
            options={preferences}
            onValue={(prefer) => change({ ...strategy, prefer })}
          />
        )}
      </Field>
      {isStale && (
        <p role="status" className="text-13 text-waiting">
          Somebody saved version {held.version} meanwhile. Your order is still here; saved, it takes
          its place.
        </p>
      )}
      {saving.isError && (
        <p role="alert" className="text-13 font-medium text-failed">
          {messageOf(saving.error)} What you changed is still here.
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          look="primary"
          icon={Save}
          pending={saving.isPending}
          unavailable={isChanged ? null : 'Nothing is changed yet'}
        >
          Save the order
        </Button>
        {isChanged && (
          <Button look="quiet" onClick={() => setDraft(null)}>
            Throw away
          </Button>
        )}
      </div>
    </form>
  )
}

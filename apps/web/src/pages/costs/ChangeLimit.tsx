import type { MoneyBudgetLine } from '@maestro/contracts/gateway/routes/budget-routes'
import { UsdText } from '@maestro/contracts/money/nano-usd'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { budgetsKey, setGlobalBudget } from '../../api/budgets.ts'
import { messageOf } from '../../api/request-id.ts'
import { useApp } from '../../shell/app-context.ts'
import { Button } from '../../ui/Button.tsx'
import { inputLook } from '../../ui/control-look.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Select } from '../../ui/Select.tsx'

type Props = { level: MoneyBudgetLine; onClose: () => void }

const periods = [
  { value: 'once', label: 'Once, in all' },
  { value: 'daily', label: 'Each day' },
  { value: 'weekly', label: 'Each week' },
  { value: 'monthly', label: 'Each month' },
  { value: 'yearly', label: 'Each year' },
] as const

export const ChangeLimit = ({ level, onClose }: Props) => {
  const { http } = useApp()
  const client = useQueryClient()
  const [limitUsd, setLimitUsd] = useState(level.limitUsd)
  const [period, setPeriod] = useState(level.period)
  const [problem, setProblem] = useState<string | null>(null)
  const change = useMutation({
    mutationFn: () => setGlobalBudget(http, { limitUsd: limitUsd.trim(), period }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: budgetsKey })
      onClose()
    },
  })
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (!UsdText.safeParse(limitUsd.trim()).success)
      return setProblem('An amount in dollars with at most 9 decimals, such as 25 or 0.50.')
    setProblem(null)
    change.mutate()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Change the global limit"
      description="It holds from now on, for every task. What is spent in the present window counts."
    >
      <form onSubmit={submit} className="flex flex-col gap-4 p-4">
        <div className="grid gap-4 md:grid-cols-2">
          <Field
            label="Limit, US $"
            error={problem ?? (change.isError ? messageOf(change.error) : null)}
          >
            {({ id, describedBy, invalid }) => (
              <input
                id={id}
                aria-describedby={describedBy}
                aria-invalid={invalid}
                inputMode="decimal"
                value={limitUsd}
                onChange={(event) => setLimitUsd(event.target.value)}
                className={`${inputLook} tnum`}
              />
            )}
          </Field>
          <Field label="Holds for">
            {({ id }) => <Select id={id} value={period} options={periods} onValue={setPeriod} />}
          </Field>
        </div>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" look="primary" pending={change.isPending}>
            Change limit
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import { BudgetChoice, type BudgetQuestion } from '@maestro/contracts/task/budget-question'
import { useId, useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { inputLook } from '../../ui/control-look.ts'
import { Field } from '../../ui/Field.tsx'
import { formatMoney } from '../../ui/format-money.ts'
import { DecisionOutcome } from './DecisionOutcome.tsx'
import type { Seen } from './decide-as-seen.ts'
import { ModelChoice, type ModelChosen, strategyOf } from './ModelChoice.tsx'
import { raiseProblem } from './raise-problem.ts'
import { useDecision } from './use-decision.ts'

type Props = { budget: BudgetQuestion; seen: Seen; unavailable: string | null }

const words: Record<BudgetChoice, { label: string; hint: string; button: string }> = {
  raise: {
    label: 'Raise the limit',
    hint: 'It goes on as soon as the limit is raised',
    button: 'Raise and go on',
  },
  'cheaper-model': {
    label: 'Ask a cheaper model',
    hint: 'It answers whatever is still to come',
    button: 'Go on with it',
  },
  'drop-steps': {
    label: 'Leave steps out',
    hint: 'What needs only them is left out as well',
    button: 'Leave out and go on',
  },
  finish: {
    label: 'Finish with what is there',
    hint: 'Nothing more is asked of a model',
    button: 'Finish now',
  },
  stop: { label: 'Stop the task', hint: 'It is cancelled', button: 'Stop it' },
}

/** How it goes on when money has run out: each choice says what it means, and asks for what it needs. */
export const BudgetForm = ({ budget, seen, unavailable }: Props) => {
  const decision = useDecision()
  const group = useId()
  const { choices, raiseByMin, refusal, droppable, deliverable } = budget
  const isTokens = refusal?.budget?.unit === 'tokens'
  const least = raiseByMin ?? 1
  const [choice, setChoice] = useState<BudgetChoice>(choices[0] ?? 'stop')
  const [amount, setAmount] = useState(isTokens ? String(least) : usdText(least))
  const [chosen, setChosen] = useState<ModelChosen>({ provider: 'ollama', model: '' })
  const [stepIds, setStepIds] = useState<readonly string[]>([])
  const [reason, setReason] = useState('')

  const answer = () => {
    const said = { ...seen, decision: choice, reason: reason.trim() }
    if (choice === 'raise') {
      const raise = isTokens ? { raiseByTokens: Number(amount) } : { raiseByUsd: amount.trim() }
      return decision.mutate({ ...said, ...raise })
    }
    if (choice === 'drop-steps') return decision.mutate({ ...said, stepIds })
    if (choice !== 'cheaper-model') return decision.mutate(said)
    return decision.mutate({ ...said, strategy: strategyOf(chosen) })
  }
  const wrongAmount = choice === 'raise' ? raiseProblem(amount, { isTokens, least }) : null
  const missing = choice === 'drop-steps' && stepIds.length === 0 ? 'Choose a step' : wrongAmount

  return (
    <div className="flex flex-col gap-3">
      <p className="text-13 text-text-2">
        {budget.message} Spent so far: {formatMoney(budget.spentNanoUsd)}.
      </p>
      <div className="grid max-w-[1000px] gap-x-10 gap-y-3 md:grid-cols-[minmax(0,1fr)_minmax(0,300px)] lg:grid-cols-[minmax(0,1fr)_minmax(0,360px)]">
        <fieldset className="flex flex-col gap-1.5">
          <legend className="sr-only">How does it go on?</legend>
          {BudgetChoice.options
            .filter((option) => choices.includes(option))
            .map((option) => (
              <label key={option} className="flex items-baseline gap-2 pointer-coarse:py-3">
                <input
                  type="radio"
                  name={group}
                  checked={choice === option}
                  onChange={() => setChoice(option)}
                />
                <span>
                  {words[option].label}
                  <span className="text-13 text-text-2">
                    {' '}
                    · {words[option].hint}
                    {option === 'finish' && deliverable !== null && `: “${deliverable.title}”`}
                  </span>
                </span>
              </label>
            ))}
        </fieldset>
        <div className="flex flex-col gap-3">
          {choice === 'raise' && (
            <Field
              label={isTokens ? 'By how many tokens?' : 'By how many US dollars?'}
              hint={`At least ${isTokens ? least : `$${nanoUsdToText(nanoUsd(least))}`}`}
              error={wrongAmount}
            >
              {({ id, describedBy, invalid }) => (
                <input
                  id={id}
                  aria-describedby={describedBy}
                  aria-invalid={invalid}
                  inputMode="decimal"
                  value={amount}
                  onChange={(event) => setAmount(event.target.value)}
                  className={inputLook}
                />
              )}
            </Field>
          )}
          {choice === 'cheaper-model' && (
            <ModelChoice value={chosen} onChange={(part) => setChosen({ ...chosen, ...part })} />
          )}
          {choice === 'drop-steps' && (
            <fieldset className="flex flex-col gap-1.5">
              <legend className="text-13 text-text-2">Which steps?</legend>
              {droppable.map(({ stepId, title }) => (
                <label key={stepId} className="flex items-baseline gap-2 pointer-coarse:py-3">
                  <input
                    type="checkbox"
                    checked={stepIds.includes(stepId)}
                    onChange={({ target: { checked } }) =>
                      setStepIds((before) =>
                        checked ? [...before, stepId] : before.filter((id) => id !== stepId),
                      )
                    }
                  />
                  {title}
                </label>
              ))}
            </fieldset>
          )}
          <Field label="Why?" hint="For the record; may stay empty">
            {({ id, describedBy }) => (
              <input
                id={id}
                aria-describedby={describedBy}
                autoComplete="off"
                maxLength={1_000}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
                className={inputLook}
              />
            )}
          </Field>
        </div>
      </div>
      <div className="answers">
        <Button
          look={choice === 'stop' ? 'danger' : 'primary'}
          pending={decision.isPending || decision.isSuccess}
          unavailable={unavailable ?? missing}
          onClick={answer}
        >
          {words[choice].button}
        </Button>
      </div>
      <DecisionOutcome decision={decision} />
    </div>
  )
}

/** Rounded up to a cent, so that it is enough and can be read. */
const usdText = (amount: number): string => (Math.ceil(amount / 10_000_000) / 100).toFixed(2)

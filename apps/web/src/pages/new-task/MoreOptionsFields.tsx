import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { defaultJudgeOptions } from '@maestro/contracts/task/task-options'
import { toolsQuery } from '../../api/tools.ts'
import { useApp } from '../../shell/app-context.ts'
import { formatMoney } from '../../ui/format-money.ts'
import { Segments } from '../../ui/Segments.tsx'
import type { MoreOptions, NumberProblems } from './more-options.ts'
import { NumberField } from './NumberField.tsx'
import { numberOptionNames, numberOptions } from './number-options.ts'

const { callsMax, costNanoUsd } = defaultJudgeOptions
const judgeHint = `A model that judges what steps deliver is paid for: at most ${callsMax} calls and ${formatMoney(costNanoUsd)}.`

type Props = {
  value: MoreOptions
  problems: NumberProblems
  onChange: (part: Partial<MoreOptions>) => void
}

/** What most tasks leave as it is. Each field says what holds when it is left alone. */
export const MoreOptionsFields = ({ value, problems, onChange }: Props) => {
  const numbersOf = (group: (typeof numberOptions)[keyof typeof numberOptions]['group']) => (
    <div className="grid gap-5 md:grid-cols-2">
      {numberOptionNames
        .filter((name) => numberOptions[name].group === group)
        .map((name) => {
          const { label, hint, usual } = numberOptions[name]
          return (
            <NumberField
              key={name}
              label={label}
              hint={hint}
              placeholder={usual}
              value={value.numbers[name]}
              error={problems[name]}
              onValue={(typed) => onChange({ numbers: { ...value.numbers, [name]: typed } })}
            />
          )
        })}
    </div>
  )
  return (
    <div className="flex flex-col gap-7 border-l border-line pt-3 pl-4">
      <Group name="Drafting">{numbersOf('drafting')}</Group>
      <Group name="Running">
        {numbersOf('running')}
        <Choice name="Of the providers that can answer, first asked is">
          <Segments
            label="Which provider is asked first"
            value={value.prefer}
            options={[
              { value: 'usual', label: 'As set for all' },
              { value: 'order', label: 'In order' },
              { value: 'latency', label: 'Fastest' },
              { value: 'price', label: 'Cheapest' },
              { value: 'headroom', label: 'Least used' },
            ]}
            onValue={(prefer) => onChange({ prefer })}
          />
        </Choice>
        <Choice
          name="Answers bought before"
          hint="The very same request may be answered by an earlier answer, at no cost."
        >
          <Segments
            label="Answers bought before"
            value={value.reuse}
            options={[
              { value: 'never', label: 'Never used' },
              { value: 'hour', label: 'Up to an hour old' },
              { value: 'day', label: 'A day' },
              { value: 'week', label: 'A week' },
            ]}
            onValue={(reuse) => onChange({ reuse })}
          />
        </Choice>
        <Choice name="Who watches the steps" hint={judgeHint}>
          <Segments
            label="Who watches the steps"
            value={value.judge}
            options={[
              { value: 'off', label: 'Code alone' },
              { value: 'on', label: 'Code and a model' },
            ]}
            onValue={(judge) => onChange({ judge })}
          />
        </Choice>
        {value.judge === 'on' && (
          <Choice
            name="When it wants an agent changed"
            hint="What gives an agent more tools is asked about in any case."
          >
            <Segments
              label="When it wants an agent changed"
              value={value.agentChanges}
              options={[
                { value: 'ask', label: 'Asks you' },
                { value: 'apply', label: 'Changes it' },
              ]}
              onValue={(agentChanges) => onChange({ agentChanges })}
            />
          </Choice>
        )}
      </Group>
      <Group name="Tools">
        <Choice
          name="What cannot be taken back"
          hint="Sending, paying, deleting: tools that say so of themselves."
        >
          <Segments
            label="What cannot be taken back"
            value={value.unsafeTools}
            options={[
              { value: 'ask', label: 'Asks you each time' },
              { value: 'run', label: 'Runs without asking' },
            ]}
            onValue={(unsafeTools) => onChange({ unsafeTools })}
          />
        </Choice>
        <GatedTools value={value.gatedTools} onValue={(gatedTools) => onChange({ gatedTools })} />
      </Group>
      <Group name="Against runaways">{numbersOf('runaway')}</Group>
    </div>
  )
}

const Group = ({ name, children }: { name: string; children: ReactNode }) => (
  // Without `min-w-0` a fieldset is as wide as the widest of its rows.
  <fieldset className="flex min-w-0 flex-col gap-5">
    <legend className="mb-3 text-13 font-semibold text-text-2">{name}</legend>
    {children}
  </fieldset>
)

const Choice = ({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) => (
  <div className="flex flex-col items-start gap-2">
    <span className="text-14 font-medium">{name}</span>
    <div className="max-w-full overflow-x-auto">{children}</div>
    {hint !== undefined && <p className="text-13 text-text-3">{hint}</p>}
  </div>
)

type GatedToolsProps = { value: readonly string[]; onValue: (names: readonly string[]) => void }

const GatedTools = ({ value, onValue }: GatedToolsProps) => {
  const tools = useQuery(toolsQuery(useApp().http)).data?.items ?? []
  if (tools.length === 0) return null
  return (
    <fieldset>
      <legend className="mb-1 text-14 font-medium">These ask you each time as well</legend>
      {tools.map(({ name, description }) => (
        <label key={name} className="flex gap-2.5 py-1 text-14 pointer-coarse:min-h-11">
          <input
            type="checkbox"
            className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            checked={value.includes(name)}
            onChange={() =>
              onValue(
                value.includes(name) ? value.filter((other) => other !== name) : [...value, name],
              )
            }
          />
          <span className="min-w-0">
            <span className="font-mono text-13">{name}</span>
            <span className="line-clamp-2 text-13 text-text-3">{description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

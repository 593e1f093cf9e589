import { PencilLine, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { Field } from '../../ui/Field.tsx'
import { PromptField } from '../../ui/PromptField.tsx'
import { Select } from '../../ui/Select.tsx'
import type { StepChange } from './plan-changes.ts'

type Props = {
  title: string
  /** As the plan has it. */
  agent: string
  hasGate: boolean
  agents: readonly string[]
  change: StepChange
  onChange: (next: StepChange) => void
}

/** One step of a plan that is changed before it is approved. The editor of its instruction comes when somebody asks for it. */
export const StepToChange = ({ title, agent, hasGate, agents, change, onChange }: Props) => {
  const {
    agent: chosen = agent,
    gate: asks = hasGate,
    isRemoved = false,
    instruction = '',
  } = change
  const [isTold, setIsTold] = useState(instruction !== '')
  return (
    <li className="flex flex-col gap-2 border-t border-line pt-3">
      <p className={classes('text-14 font-medium', isRemoved && 'line-through')}>{title}</p>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <Field label="Agent">
          {({ id }) => (
            <Select
              id={id}
              disabled={isRemoved}
              value={chosen}
              options={agents.map((name) => ({ value: name, label: name }))}
              onValue={(name) => onChange({ agent: name })}
            />
          )}
        </Field>
        <Tick
          label="Ask before it begins"
          isSet={asks}
          isOff={isRemoved}
          onChange={(next) => onChange({ gate: next })}
        />
        <Tick
          label="Take it out"
          isSet={isRemoved}
          isOff={false}
          onChange={(next) => onChange({ isRemoved: next })}
        />
      </div>
      {!isRemoved && isTold && (
        <PromptField
          label="What is it to do instead?"
          value={instruction}
          onValue={(next) => onChange({ instruction: next })}
          charactersMax={8_000}
          lines={4}
          takesFocus
          endedBy="Ctrl Enter approves"
        />
      )}
      {!isRemoved && (
        <Button
          size="small"
          look="quiet"
          className="self-start"
          icon={isTold ? Undo2 : PencilLine}
          onClick={() => {
            setIsTold(!isTold)
            if (isTold) onChange({ instruction: '' })
          }}
        >
          {isTold ? 'Leave its words as they are' : 'Tell it to do something else'}
        </Button>
      )}
    </li>
  )
}

type TickProps = {
  label: string
  isSet: boolean
  isOff: boolean
  onChange: (isSet: boolean) => void
}

const Tick = ({ label, isSet, isOff, onChange }: TickProps) => (
  <label className="inline-flex h-8 items-center gap-2 text-13 pointer-coarse:h-11">
    <input
      type="checkbox"
      checked={isSet}
      disabled={isOff}
      onChange={({ target }) => onChange(target.checked)}
      className="size-4"
    />
    {label}
  </label>
)

import { Segments } from '../../ui/Segments.tsx'
import { Disclosure } from '../task/Disclosure.tsx'
import { changesOf } from './more-options.ts'
import { MoreOptionsFields } from './MoreOptionsFields.tsx'
import type { FormProblems, NewTaskForm } from './new-task-form.ts'
import { NumberField } from './NumberField.tsx'
import { ProviderOrder } from './ProviderOrder.tsx'

type Props = {
  form: NewTaskForm
  problems: FormProblems
  onChange: (part: Partial<NewTaskForm>) => void
}

const autonomyHints: Record<NewTaskForm['autonomy'], string> = {
  auto: 'It plans and runs without asking. A step that fails for good ends the task.',
  'approve-plan':
    'You see team and plan first; nothing runs before you approve. When a step fails for good, what needs it waits and you are asked.',
  'approve-steps':
    'You approve the plan, then each step before it starts. When a step fails for good, what needs it waits and you are asked.',
}

export const TaskOptionsFields = ({ form, problems, onChange }: Props) => (
  <fieldset className="flex min-w-0 flex-col gap-6">
    <legend className="sr-only">Options</legend>
    <div className="flex flex-col items-start gap-2">
      <span className="text-14 font-medium">When does it ask you?</span>
      <Segments
        label="When does it ask you?"
        value={form.autonomy}
        options={[
          { value: 'auto', label: 'Never' },
          { value: 'approve-plan', label: 'Before it runs the plan' },
          { value: 'approve-steps', label: 'Before each step' },
        ]}
        onValue={(autonomy) => onChange({ autonomy })}
      />
      <p className="text-13 text-text-3">{autonomyHints[form.autonomy]}</p>
    </div>
    <div className="grid gap-5 md:grid-cols-2">
      <NumberField
        label="Cost limit, US $"
        hint="Empty: only the global limit"
        placeholder="none"
        value={form.costUsd}
        error={problems.costUsd}
        onValue={(costUsd) => onChange({ costUsd })}
      />
      <NumberField
        label="Time limit, minutes"
        hint="Waiting for you does not count"
        value={form.minutes}
        error={problems.minutes}
        onValue={(minutes) => onChange({ minutes })}
      />
    </div>
    <ProviderOrder
      value={form.providers}
      error={problems.providers}
      onValue={(providers) => onChange({ providers })}
    />
    <div className="flex flex-col items-start gap-2">
      <span className="text-14 font-medium">Start</span>
      <div className="flex flex-wrap items-center gap-3">
        <Segments
          label="Start"
          value={form.start}
          options={[
            { value: 'now', label: 'Now' },
            { value: 'queue', label: 'Through the queue' },
          ]}
          onValue={(start) => onChange({ start })}
        />
        {form.start === 'queue' && (
          <Segments
            label="Priority"
            value={form.priority}
            options={[
              { value: 'high', label: 'High' },
              { value: 'normal', label: 'Normal' },
              { value: 'low', label: 'Low' },
            ]}
            onValue={(priority) => onChange({ priority })}
          />
        )}
      </div>
    </div>
    <Disclosure
      startsOpen={problems.more !== undefined}
      title={
        <>
          <span className="shrink-0">More options</span>
          <span className="font-normal text-text-3">{moreWords(changesOf(form.more))}</span>
        </>
      }
    >
      {() => (
        <MoreOptionsFields
          value={form.more}
          problems={problems.more ?? {}}
          onChange={(part) => onChange({ more: { ...form.more, ...part } })}
        />
      )}
    </Disclosure>
  </fieldset>
)

const moreWords = (changes: number) =>
  changes === 0 ? 'Drafting, models, tools and bounds: all as usual' : `${changes} not as usual`

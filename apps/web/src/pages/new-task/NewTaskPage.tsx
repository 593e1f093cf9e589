import { goalCharactersMax } from '@maestro/contracts/task/task-endpoints'
import { Play } from 'lucide-react'
import { type KeyboardEvent, type SubmitEvent, useMemo, useRef, useState } from 'react'
import { messageOf, requestIdOf } from '../../api/request-id.ts'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { controlLook } from '../../ui/control-look.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Field } from '../../ui/Field.tsx'
import { formatCount } from '../../ui/format-count.ts'
import { EstimateBeforeStart } from './EstimateBeforeStart.tsx'
import { FileDrop } from './FileDrop.tsx'
import {
  emptyForm,
  type FormProblems,
  type NewTaskForm,
  problemsOf,
  toOptions,
} from './new-task-form.ts'
import { TaskOptionsFields } from './TaskOptionsFields.tsx'
import { useCreateTask } from './use-create-task.ts'

export const NewTaskPage = () => {
  const [form, setForm] = useState<NewTaskForm>(emptyForm)
  const [problems, setProblems] = useState<FormProblems>({})
  const creating = useCreateTask()
  const formElement = useRef<HTMLFormElement>(null)

  const change = (part: Partial<NewTaskForm>) => {
    setForm((before) => ({ ...before, ...part }))
    setProblems((before) =>
      Object.fromEntries(Object.entries(before).filter(([name]) => !(name in part))),
    )
  }
  const options = useEstimated(form)
  const submit = (event: SubmitEvent | KeyboardEvent) => {
    event.preventDefault()
    if (creating.isPending) return
    const found = problemsOf(form)
    setProblems(found)
    if (Object.keys(found).length > 0) {
      // After the problems are drawn, the first of them gets the focus.
      requestAnimationFrame(() =>
        formElement.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(),
      )
      return
    }
    creating.mutate(form)
  }

  return (
    <PageFrame title="New task" above={{ to: paths.tasks(), label: 'Tasks' }}>
      <div className="relative min-h-0 grow overflow-y-auto">
        <form
          ref={formElement}
          noValidate
          onSubmit={submit}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
          }}
          className="mx-auto flex w-full max-w-[760px] flex-col gap-7 px-4 py-8 md:px-6"
        >
          <Field
            label="Goal"
            error={problems.goal ?? null}
            hint={
              form.goal.length > goalCharactersMax * 0.8
                ? `${formatCount(form.goal.length)} of ${formatCount(goalCharactersMax)} characters`
                : 'What should be there at the end? Name the files that it is about.'
            }
          >
            {({ id, describedBy, invalid }) => (
              <textarea
                id={id}
                aria-describedby={describedBy}
                aria-invalid={invalid}
                autoFocus
                rows={5}
                value={form.goal}
                placeholder="Which months were the wettest, and what should a visitor pack?"
                onChange={(event) => change({ goal: event.target.value })}
                className={classes(controlLook, 'resize-y py-2 text-16')}
              />
            )}
          </Field>
          <FileDrop files={form.files} onFiles={(files) => change({ files })} />
          <TaskOptionsFields form={form} problems={problems} onChange={change} />
          {creating.isError && (
            <div className="-mx-4">
              <ErrorPanel
                title="The task was not created"
                message={`${messageOf(creating.error)} Nothing was lost: the form is as you left it.`}
                requestId={requestIdOf(creating.error)}
              />
            </div>
          )}
          <div className="flex flex-wrap items-center gap-3 border-t border-line pt-5">
            <Button
              type="submit"
              look="primary"
              icon={Play}
              pending={creating.isPending}
              hint="Ctrl or ⌘ with Enter"
            >
              {form.start === 'now' ? 'Start the task' : 'Put into the queue'}
            </Button>
            {creating.isPending ? (
              <span role="status" className="text-13 text-text-3">
                Sending goal and files
              </span>
            ) : (
              options !== null && <EstimateBeforeStart options={options} />
            )}
          </div>
        </form>
      </div>
    </PageFrame>
  )
}

/** What the price depends on, by itself: typing a goal asks for no estimate. Null while something of it is wrong. */
const useEstimated = ({
  autonomy,
  costUsd,
  minutes,
  providers,
  more,
  start,
  priority,
}: NewTaskForm) =>
  useMemo(() => {
    const form = { ...emptyForm, autonomy, costUsd, minutes, providers, more, start, priority }
    const isRight = Object.keys(problemsOf({ ...form, goal: 'anything' })).length === 0
    return isRight ? toOptions(form) : null
  }, [autonomy, costUsd, minutes, providers, more, start, priority])

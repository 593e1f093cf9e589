import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { queuesKey } from '../../api/queues.ts'
import { createTask, enqueueTask, taskListKey } from '../../api/tasks.ts'
import { paths } from '../../paths.ts'
import { useApp } from '../../shell/app-context.ts'
import { type NewTaskForm, toNewTask } from './new-task-form.ts'

const defaultQueue = 'default'

/** Starts or queues a task. The same form sent again after an outage makes one task, not two. */
export const useCreateTask = () => {
  const { http } = useApp()
  const client = useQueryClient()
  const navigate = useNavigate()

  return useMutation({
    mutationFn: async (form: NewTaskForm) => {
      const task = toNewTask(form)
      if (form.start === 'now') return createTask(http, task)
      return enqueueTask(http, { queue: defaultQueue, priority: form.priority, task })
    },
    onSuccess: ({ taskId }, form) => {
      void client.invalidateQueries({ queryKey: taskListKey })
      void client.invalidateQueries({ queryKey: queuesKey })
      // A queued task is created when its turn comes: until then its place is in the queue.
      if (form.start === 'queue') return navigate({ to: paths.queues() })
      return navigate({ to: paths.task(), params: { taskId } })
    },
  })
}

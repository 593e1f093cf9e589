import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { analyticsKey } from '../../api/analytics-key.ts'
import { goingTasksQuery, hasTasksQuery } from '../../api/going-tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { withTaskGoing } from './with-task-going.ts'

/** Figures are sums over many calls: more often nobody reads them. */
const figuresEveryMs = 10_000
/** A task that has begun is seen to be there. */
const rowsEveryMs = 1_000

/** As tasks go on: their rows at once, the list when its rows would be others, sums in a while. */
export const useFreshFigures = () => {
  const { http, socket } = useApp()
  const client = useQueryClient()

  useEffect(() => {
    const going = goingTasksQuery(http)
    const timers = new Map<string, ReturnType<typeof setTimeout>>()
    /** At most once in so long a time, however many ask. */
    const inAWhile = (name: string, ms: number, run: () => void) => {
      if (timers.has(name)) return
      timers.set(
        name,
        setTimeout(() => {
          timers.delete(name)
          run()
        }, ms),
      )
    }
    const readFigures = () => void client.invalidateQueries({ queryKey: analyticsKey })
    const readRows = () => {
      void client.invalidateQueries({ queryKey: going.queryKey })
      void client.invalidateQueries({ queryKey: hasTasksQuery(http).queryKey })
    }
    const end = socket.subscribe('tasks', {
      onReconnect: () => {
        readRows()
        readFigures()
      },
      onMessage: (message) => {
        if (message.op !== 'task') return
        inAWhile('figures', figuresEveryMs, readFigures)
        const known = client.getQueryData(going.queryKey)
        if (known === undefined) return
        const after = withTaskGoing(known, message.task)
        if (after.going !== known) client.setQueryData(going.queryKey, [...after.going])
        if (after.moves) inAWhile('rows', rowsEveryMs, readRows)
      },
    })
    return () => {
      for (const timer of timers.values()) clearTimeout(timer)
      end()
    }
  }, [client, http, socket])
}

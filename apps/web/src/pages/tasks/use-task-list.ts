import type { InfiniteData } from '@tanstack/react-query'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { type TaskFilter, taskListQuery } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { type TaskPage, withTaskLine } from './task-line-changes.ts'

const quietMs = 400

/** The tasks that fit a filter, kept up to date row by row. */
export const useTaskList = (filter: TaskFilter) => {
  const { http, socket } = useApp()
  const client = useQueryClient()
  const options = taskListQuery(http, filter)
  const query = useInfiniteQuery(options)
  const [moved, setMoved] = useState<ReadonlySet<string>>(new Set())
  const pointerOver = useRef(false)
  const key = JSON.stringify(options.queryKey)

  useEffect(() => {
    const { queryKey } = taskListQuery(http, filter)
    let timer: ReturnType<typeof setTimeout> | undefined
    const readAgain = () => {
      clearTimeout(timer)
      timer = setTimeout(() => void client.invalidateQueries({ queryKey }), quietMs)
    }
    const end = socket.subscribe('tasks', {
      onReconnect: readAgain,
      onMessage: (message) => {
        if (message.op !== 'task') return
        const data = client.getQueryData<InfiniteData<TaskPage>>(queryKey)
        if (data === undefined) return
        const { pages, moves } = withTaskLine(data.pages, message.task, filter)
        if (pages !== data.pages) client.setQueryData(queryKey, { ...data, pages: [...pages] })
        if (!moves) return
        if (pointerOver.current) setMoved((ids) => new Set(ids).add(message.task.taskId))
        else readAgain()
      },
    })
    return () => {
      clearTimeout(timer)
      end()
      setMoved(new Set())
    }
    // The key stands for the filter: an equal filter is the same subscription.
  }, [client, http, socket, key])

  const applyMoves = () => {
    setMoved(new Set())
    void client.invalidateQueries({ queryKey: options.queryKey })
  }

  return {
    query,
    rows: query.data?.pages.flatMap(({ items }) => items) ?? [],
    movedCount: moved.size,
    applyMoves,
    onPointerOver: (over: boolean) => {
      pointerOver.current = over
      if (!over && moved.size > 0) applyMoves()
    },
  }
}

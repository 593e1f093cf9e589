import type { InfiniteData } from '@tanstack/react-query'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { type TaskFilter, taskListQuery } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { type TaskPage, withTaskLine } from './task-line-changes.ts'

const quietMs = 400

/** The tasks that fit a filter, kept up to date row by row. */
export const useTaskList = ({ status, q }: TaskFilter) => {
  const { http, socket } = useApp()
  const client = useQueryClient()
  const options = useMemo(() => taskListQuery(http, { status, q }), [http, status, q])
  const query = useInfiniteQuery(options)
  const [moved, setMoved] = useState<ReadonlySet<string>>(new Set())
  const pointerOver = useRef(false)

  useEffect(() => {
    const { queryKey } = options
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
        const { pages, moves } = withTaskLine(data.pages, message.task, { status, q })
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
  }, [client, socket, options, status, q])

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

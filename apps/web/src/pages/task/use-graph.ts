import type { Step, Task } from '@maestro/task-model/task'
import { useEffect, useMemo, useRef, useState } from 'react'
import { graphHash } from '../../graph/graph-hash.ts'
import { type Graph, toGraph } from '../../graph/to-graph.ts'
import type { withCriticalPath } from '../../graph/with-critical-path.ts'
import { useView } from './task-context.ts'

/** The shown plan. The same object while neither the plan nor anything that its cards and edges stand for has changed. */
export const useGraph = (): Graph => {
  const task = useView((view) => view.task)
  const mark = useCriticalPath()
  const last = useRef<{ graph: Graph; key: string } | null>(null)
  return useMemo(() => {
    const graph = toGraph(task)
    const key = `${graphHash(graph)}|${graph.proposedVersion}|${graph.nodes.length}|${stateKey(task)}|${mark !== null}`
    if (last.current?.key !== key) last.current = { graph: mark?.(graph, task) ?? graph, key }
    return last.current.graph
  }, [task, mark])
}

/** Of what statuses do not tell: attempts, and when something last began or ended. */
const stateKey = (task: Task): string => {
  if (task.status === 'unborn') return ''
  let attempts = 0
  let latest = ''
  for (const { attempt, startedAt, finishedAt } of Object.values<Step>(task.steps)) {
    attempts += attempt
    if (startedAt !== null && startedAt > latest) latest = startedAt
    if (finishedAt !== null && finishedAt > latest) latest = finishedAt
  }
  return `${task.planVersion}|${task.stage}|${attempts}|${latest}`
}

/** It comes after the first picture, which does not wait for it. Where it does not come, no line is thicker than others. */
const useCriticalPath = () => {
  const [mark, setMark] = useState<typeof withCriticalPath | null>(null)
  useEffect(() => {
    let isGone = false
    import('../../graph/with-critical-path.ts').then(
      (module) => {
        if (!isGone) setMark(() => module.withCriticalPath)
      },
      () => {},
    )
    return () => {
      isGone = true
    }
  }, [])
  return mark
}

import type { Topic } from '@maestro/contracts/gateway/live-feed'
import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { approvalsKey } from '../api/approvals.ts'
import { budgetsKey } from '../api/budgets.ts'
import { queuesKey } from '../api/queues.ts'
import { systemKey } from '../api/system.ts'
import { useApp } from './app-context.ts'

/** A burst of changes is one question. */
const quietMs = 250

const keyOfTopic: readonly (readonly [Topic, QueryKey])[] = [
  ['approvals', approvalsKey],
  ['budgets', budgetsKey],
  ['queues', queuesKey],
  ['system', systemKey],
]

/** Reads again what the gateway says has changed, and everything once a lost connection is back. */
export const useLiveTopics = (isSignedIn: boolean) => {
  const { socket } = useApp()
  const client = useQueryClient()

  useEffect(() => {
    if (!isSignedIn) return
    const timers = new Map<Topic, ReturnType<typeof setTimeout>>()
    const ends = keyOfTopic.map(([topic, queryKey]) => {
      const readAgain = () => {
        clearTimeout(timers.get(topic))
        timers.set(
          topic,
          setTimeout(() => void client.invalidateQueries({ queryKey }), quietMs),
        )
      }
      return socket.subscribe(topic, {
        onMessage: ({ op }) => op === 'changed' && readAgain(),
        onReconnect: readAgain,
      })
    })
    return () => {
      for (const timer of timers.values()) clearTimeout(timer)
      for (const end of ends) end()
    }
  }, [client, socket, isSignedIn])
}

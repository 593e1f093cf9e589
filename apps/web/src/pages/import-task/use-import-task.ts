import { importRoutes } from '@maestro/contracts/gateway/routes/import-routes'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { taskListKey } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'

/** Sends the file of a task. The same file sent again after an outage is imported once. */
export const useImportTask = () => {
  const { http } = useApp()
  const client = useQueryClient()
  const stopping = useRef<AbortController | null>(null)
  const [sent, setSent] = useState(0)
  const importing = useMutation({
    mutationFn: async (file: File) => {
      stopping.current = new AbortController()
      setSent(0)
      return http.file(importRoutes.importTask, {
        file,
        signal: stopping.current.signal,
        onSent: setSent,
      })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: taskListKey }),
  })
  return { importing, sent, stop: () => stopping.current?.abort() }
}

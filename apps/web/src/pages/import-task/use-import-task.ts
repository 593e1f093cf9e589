import { importRoutes } from '@maestro/contracts/gateway/routes/import-routes'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { newIdempotencyKey } from '../../api/new-key.ts'
import { taskListKey } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'

/** Sends the file of a task. The same file sent again after a failure carries the same key: it is imported once. */
export const useImportTask = () => {
  const { http } = useApp()
  const client = useQueryClient()
  const last = useRef<{ file: File; key: string } | null>(null)
  const stopping = useRef<AbortController | null>(null)
  const [sent, setSent] = useState(0)
  const importing = useMutation({
    mutationFn: async (file: File) => {
      if (last.current?.file !== file) last.current = { file, key: newIdempotencyKey() }
      stopping.current = new AbortController()
      setSent(0)
      return http.file(importRoutes.importTask, {
        file,
        idempotencyKey: last.current.key,
        signal: stopping.current.signal,
        onSent: setSent,
      })
    },
    onSuccess: () => client.invalidateQueries({ queryKey: taskListKey }),
  })
  return { importing, sent, stop: () => stopping.current?.abort() }
}

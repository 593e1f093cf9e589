import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { toolsQuery } from '../../api/tools.ts'
import { useApp } from '../../shell/app-context.ts'

type Props = { onKnown: (names: ReadonlySet<string>) => void }

/** Finds out which tools do what cannot be taken back. Where the list does not come, no card warns of one: the graph does not wait for it. */
export const UnsafeTools = ({ onKnown }: Props) => {
  const { http } = useApp()
  const tools = useQuery(toolsQuery(http)).data?.items
  useEffect(() => {
    const unsafe = (tools ?? []).filter(({ repeat }) => repeat === 'unsafe')
    if (unsafe.length > 0) onKnown(new Set(unsafe.map(({ name }) => name)))
  }, [tools, onKnown])
  return null
}

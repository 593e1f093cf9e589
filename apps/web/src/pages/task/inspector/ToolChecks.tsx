import { useQuery } from '@tanstack/react-query'
import { toolsQuery } from '../../../api/tools.ts'
import { useApp } from '../../../shell/app-context.ts'

type Props = { value: readonly string[]; onValue: (tools: string[]) => void }

/** The tools that there are; one that an agent has and nobody knows any more can be taken away. */
export const ToolChecks = ({ value, onValue }: Props) => {
  const known = useQuery(toolsQuery(useApp().http)).data?.items.map(({ name }) => name) ?? []
  const names = [...new Set([...known, ...value])]
  return (
    <fieldset>
      <legend className="mb-1 text-14 font-medium">T Tools</legend>
      {names.length === 0 && <p className="text-13 text-text-3">There are no tools.</p>}
      {names.map((name) => (
        <label key={name} className="flex items-center gap-2.5 py-0.5 pointer-coarse:min-h-11">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-(--accent)"
            checked={value.includes(name)}
            onChange={() =>
              onValue(
                value.includes(name) ? value.filter((other) => other !== name) : [...value, name],
              )
            }
          />
          <span className="font-mono text-13">{name}</span>
        </label>
      ))}
    </fieldset>
  )
}

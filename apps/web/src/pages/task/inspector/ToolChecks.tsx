import { useQuery } from '@tanstack/react-query'
import { toolsQuery } from '../../../api/tools.ts'
import { useApp } from '../../../shell/app-context.ts'
import { toolRisks } from './tool-risks.ts'

type Props = { value: readonly string[]; onValue: (tools: string[]) => void }

/** The tools that there are; one that an agent has and nobody knows any more can be taken away. */
export const ToolChecks = ({ value, onValue }: Props) => {
  const known = useQuery(toolsQuery(useApp().http)).data?.items ?? []
  const names = [...new Set([...known.map(({ name }) => name), ...value])]
  return (
    <fieldset>
      <legend className="mb-1 text-14 font-medium">T Tools</legend>
      {names.length === 0 && <p className="text-13 text-text-3">There are no tools.</p>}
      {names.map((name) => {
        const tool = known.find((other) => other.name === name)
        const risk = tool && toolRisks[tool.repeat]
        return (
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
            <span className="min-w-0 font-mono text-13 break-all">{name}</span>
            {risk && (
              <span className={`ml-auto shrink-0 text-12 ${risk.tone}`} title={risk.text}>
                {risk.word}
              </span>
            )}
          </label>
        )
      })}
    </fieldset>
  )
}

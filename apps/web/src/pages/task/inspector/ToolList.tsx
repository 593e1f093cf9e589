import { askPersonTool } from '@maestro/contracts/task/tool-question'
import { useQuery } from '@tanstack/react-query'
import { toolsQuery } from '../../../api/tools.ts'
import { useApp } from '../../../shell/app-context.ts'
import { useShown } from '../task-context.ts'
import { toolRisks } from './tool-risks.ts'

/** T: what each tool does, what may go wrong with it, and whether a person is asked first. */
export const ToolList = ({ tools }: { tools: readonly string[] }) => {
  const known = useQuery(toolsQuery(useApp().http)).data?.items
  const gates = useShown((task) => task.options.gates, undefined)
  if (tools.length === 0)
    return <p className="text-13 text-text-3">None: it answers from what it is given.</p>
  return (
    <ul className="flex flex-col divide-y divide-line">
      {tools.map((name) => {
        const tool = known?.find((other) => other.name === name)
        const risk = tool && toolRisks[tool.repeat]
        const asks =
          gates?.tools.includes(name) || (tool?.repeat === 'unsafe' && gates?.unsafe !== 'run')
        return (
          <li key={name} className="py-2 text-13 first:pt-0">
            <p className="flex flex-wrap items-baseline gap-x-2">
              <span className="font-mono font-medium break-all">{name}</span>
              {risk && <span className={`text-12 font-medium ${risk.tone}`}>{risk.word}</span>}
            </p>
            {tool === undefined && known !== undefined && (
              <p className="text-12 text-waiting">No such tool is here any more.</p>
            )}
            {tool && <p className="line-clamp-2 text-12 text-text-2">{tool.description}</p>}
            {risk && name !== askPersonTool && (
              <p className="text-12 text-text-3">
                {risk.text}; {asks ? 'a person is asked before each use' : 'runs without asking'}
              </p>
            )}
          </li>
        )
      })}
    </ul>
  )
}

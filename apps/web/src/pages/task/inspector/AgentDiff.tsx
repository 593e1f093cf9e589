import { WordDiff } from '../../../ui/WordDiff.tsx'
import { agentChanges, type AgentText } from './agent-text.ts'

type Props = { before: AgentText; after: AgentText }

const listText = (lines: readonly string[]) => lines.join('\n')

/** What became of an agent, part by part. */
export const AgentDiff = ({ before, after }: Props) => {
  const changed = agentChanges(before, after)
  const parts = [
    ['P', 'Prompt', 'prompt', before.prompt, after.prompt],
    ['D', 'Description', 'description', before.description, after.description],
    ['T', 'Tools', 'tools', listText(before.tools), listText(after.tools)],
    ['S', 'Suggestions', 'suggestions', listText(before.suggestions), listText(after.suggestions)],
  ] as const
  return (
    <div className="flex flex-col gap-2">
      {parts
        .filter(([, , name]) => name in changed)
        .map(([letter, title, name, was, is]) => (
          <div key={name}>
            <p className="mb-1 text-12 font-medium text-text-3">
              {letter} {title}
            </p>
            <WordDiff before={was} after={is} label={`Changes of the ${name}`} />
          </div>
        ))}
    </div>
  )
}

import type { ToolQuestion, ToolRepeat } from '@maestro/contracts/task/tool-question'

type Tool = { readonly name: string; readonly repeat: ToolRepeat }

/**
 * Why the use of a tool is approved twice, in words; null where once is enough. Without the list of tools
 * nobody knows what the tool does, and a person is asked once too often rather than once too little.
 */
export const whyTwice = (
  { tool, why }: Pick<ToolQuestion, 'tool' | 'why'>,
  tools: readonly Tool[] | undefined,
): string | null => {
  const isForGood = why === 'unsafe' || why === 'in-doubt'
  if (isForGood || tools?.some(({ name, repeat }) => name === tool && repeat === 'unsafe'))
    return `What ${tool} does cannot be taken back.`
  return tools?.some(({ name }) => name === tool)
    ? null
    : `Whether what ${tool} does can be taken back is not known.`
}

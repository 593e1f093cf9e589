import type { Brief } from '@maestro/contracts/llm/brief'
import type { RefinementAnswer } from '@maestro/contracts/task/step-mode'
import type { Prompt } from './read-prompt.ts'

type RefineBrief = Extract<Brief, { purpose: 'refine' }>

const mark = 'Read again against its promise, by the fixed rules of the rehearsal:'

/** A text is revised once, by a line that says so; what has that line is good. Data are left as they are. */
export const refineOutput = (
  { version }: Pick<Prompt, 'version'>,
  { promise }: Pick<RefineBrief, 'promise'>,
): RefinementAnswer =>
  promise.format === 'json' || version.includes(mark)
    ? { verdict: 'good', notes: 'It keeps what was promised.', output: null }
    : {
        verdict: 'revise',
        notes: 'It does not say what it was to deliver.',
        output: `${version}\n\n${mark} ${promise.description}`,
      }

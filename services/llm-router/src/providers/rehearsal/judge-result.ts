import type { Brief } from '@maestro/contracts/llm/brief'
import type { JudgeAnswer } from '@maestro/contracts/task/result-judgement'
import type { Prompt } from './read-prompt.ts'
import { firstSentence, toPlainText } from './rehearsal-markdown.ts'
import { shortText } from './short-text.ts'

type ObserveBrief = Extract<Brief, { purpose: 'observe' }>

/** Fixed rules find every result good: code has looked at it before. What a delivery says first is kept for later steps. */
export const judgeResult = (
  { delivery }: Pick<Prompt, 'delivery'>,
  { title, promise }: Pick<ObserveBrief, 'title' | 'promise'>,
): JudgeAnswer => {
  const said = promise.format === 'json' ? '' : shortText(toPlainText(firstSentence(delivery)), 400)
  return {
    verdict: 'ok',
    concern: 'other',
    reason: 'Judged by the fixed rules of the rehearsal, without a language model.',
    words: '',
    memories: said === '' ? [] : [{ key: shortText(title, 60), text: said }],
  }
}

import { breakableText } from './breakable-text.ts'
import { isRightToLeft } from './is-right-to-left.ts'

/** What stands in a line of text. Only these kinds exist for the template: nothing of a text is run. */
export type Inline =
  | string
  | { t: 'strong' | 'emph' | 'strike' | 'super'; c: readonly Inline[] }
  | { t: 'code'; s: string }
  | { t: 'link'; url: string; c: readonly Inline[] }
  | { t: 'break' }

/** One paragraph, with the direction in which it runs. */
export type PageLine = { c: readonly Inline[]; rtl: boolean }

export const pageLine = (text: string): PageLine => ({
  c: [breakableText(text)],
  rtl: isRightToLeft(text),
})

/** What the journal keeps of a request: enough to see that it, or its prompt, was asked before. Never a text. */
export type AskedPrompt = {
  readonly requestKey: string
  /** Of tools and system prompt, which come first in every request and stay the same from call to call. */
  readonly promptKey: string
  readonly promptBytes: number
  readonly inputBytes: number
}

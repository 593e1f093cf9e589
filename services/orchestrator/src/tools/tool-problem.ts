/** Something that the caller of a tool can mend: the message is the tool's answer and says what to do. Anything else that a tool throws is ours to mend. */
export class ToolProblem extends Error {
  override readonly name = 'ToolProblem'
  readonly details: Readonly<Record<string, unknown>>

  constructor(message: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options)
    this.details = details
  }
}

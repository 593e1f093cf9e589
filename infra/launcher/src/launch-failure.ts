/** Something that a person has to put right. Printed as two lines: what failed, what to do. */
export class LaunchFailure extends Error {
  readonly whatToDo: string
  /** Last lines of the log that tells more. */
  readonly logTail: string

  constructor(reason: string, whatToDo: string, more: { cause?: unknown; logTail?: string } = {}) {
    super(reason, { cause: more.cause })
    this.name = 'LaunchFailure'
    this.whatToDo = whatToDo
    this.logTail = more.logTail ?? ''
  }
}

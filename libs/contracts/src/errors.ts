/**
 * Every error that may cross a process boundary. A code says whose problem it is (`status`, the HTTP
 * status of the gateway), whether asking again can help (`retry`), and what to do (`message`).
 */
export const errorCodes = {
  // Rejections: the caller asked for something the rules forbid.
  INVALID_INPUT: {
    status: 400,
    retry: false,
    message: 'The request does not fit its schema; see details.',
  },
  UNAUTHENTICATED: {
    status: 401,
    retry: false,
    message: 'Sign in: send Authorization: Bearer <token>.',
  },
  FORBIDDEN: { status: 403, retry: false, message: 'This is not allowed for you.' },
  NOT_FOUND: { status: 404, retry: false, message: 'There is nothing with this address or id.' },
  PAYLOAD_TOO_LARGE: {
    status: 413,
    retry: false,
    message: 'This is larger than the limit in details.',
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    retry: false,
    message: 'This kind of content is not taken; see details for the kinds that are.',
  },
  PLAN_INVALID: {
    status: 422,
    retry: false,
    message: 'The plan breaks rules; details list each problem.',
  },
  PLAN_EDIT_REFUSED: {
    status: 409,
    retry: false,
    message:
      'The plan cannot be changed in this way; details name step and rule, and what would be allowed.',
  },
  AFTER_BEYOND_HEAD: {
    status: 416,
    retry: false,
    message: 'This position lies beyond the newest event; see head in details.',
  },
  PRUNED: {
    status: 410,
    retry: false,
    message: 'This was removed when its retention ran out; details hold what is still known of it.',
  },
  TASK_READ_ONLY: {
    status: 409,
    retry: false,
    message:
      'This task ran in another Maestro and was imported: it can only be read. Details say what is possible.',
  },
  TASK_EXISTS: {
    status: 409,
    retry: false,
    message: 'There is a task with this id already, and it stays as it is; see details.',
  },
  TASK_FILE_REFUSED: {
    status: 422,
    retry: false,
    message: 'This file of a task cannot be imported; details say in which line, and why.',
  },
  TASK_ENDED: {
    status: 409,
    retry: false,
    message: 'The task has ended and takes no more changes.',
  },
  TASK_NOT_PAUSABLE: {
    status: 409,
    retry: false,
    message: 'The task cannot be paused in its present status.',
  },
  TASK_NOT_DRAFTING: {
    status: 409,
    retry: false,
    message: 'This can only be done while the plan is drafted and nothing is asked.',
  },
  VERSION_NOT_JUDGED: {
    status: 409,
    retry: false,
    message: 'Only a version that both observers have judged can be taken; see details.',
  },
  RESULT_NOT_READY: {
    status: 409,
    retry: false,
    message: 'The task has no result yet; its status stands in details.',
  },
  TASK_NOT_PAUSED: { status: 409, retry: false, message: 'The task is not paused.' },
  STEP_NOT_SKIPPABLE: {
    status: 409,
    retry: false,
    message: 'Only a step that has not begun can be skipped.',
  },
  NOT_ALLOWED_NOW: {
    status: 409,
    retry: false,
    message: 'This cannot be done in the present state; details say why, and what can be done.',
  },
  CHANGED_SINCE: {
    status: 409,
    retry: false,
    message: 'What you looked at has changed since; details say what. Look again and decide anew.',
  },
  STEP_NOT_READY: { status: 409, retry: false, message: 'No step is ready to run.' },
  APPROVAL_DECIDED: {
    status: 409,
    retry: false,
    message: 'This approval was already decided; see details.',
  },
  APPROVAL_SUPERSEDED: {
    status: 409,
    retry: false,
    message: 'Something newer replaced what this approval asks about; read it again.',
  },
  APPROVAL_NOT_YOURS: {
    status: 403,
    retry: false,
    message: 'This approval is for somebody else to decide; details say for whom.',
  },
  SEQ_CONFLICT: {
    status: 409,
    retry: false,
    message: 'The task has moved on since expectedSeq; read it again and decide anew.',
  },
  IDEMPOTENCY_CONFLICT: {
    status: 409,
    retry: false,
    message: 'This Idempotency-Key was used for a different request; use a new one.',
  },
  BUDGET_EXHAUSTED: { status: 402, retry: false, message: 'The budget is used up.' },
  BUDGET_TOO_SMALL: {
    status: 402,
    retry: false,
    message: 'This request may cost more than the whole budget.',
  },
  BUDGET_IN_FLIGHT: {
    status: 429,
    retry: true,
    message: 'The rest of the budget is held by calls in flight; try again soon.',
  },
  STRATEGY_REFUSED: {
    status: 422,
    retry: false,
    message: 'This class of failure cannot be recovered from in this way; see details.',
  },
  PRICE_UNKNOWN: {
    status: 402,
    retry: false,
    message: 'No price is known for this model, so a budgeted call is refused.',
  },
  TOO_MANY_KEYS: {
    status: 409,
    retry: false,
    message: 'There are as many keys as can be kept; delete one first.',
  },
  KEY_UNREADABLE: {
    status: 409,
    retry: false,
    message:
      'This key was sealed with a master key that is not here. Bring that master key back, or put the key again.',
  },
  MASTER_KEY_MISSING: {
    status: 503,
    retry: false,
    message:
      'There is no master key, so no key can be kept. Set MAESTRO_MASTER_KEY or MAESTRO_MASTER_KEY_FILE and start again.',
  },
  RATE_LIMITED: {
    status: 429,
    retry: true,
    message: 'Too many requests; wait before trying again.',
  },
  // Outages: nobody did anything wrong, try later.
  VERSION_CONFLICT: {
    status: 409,
    retry: true,
    message: 'Somebody else changed this at the same moment; try again.',
  },
  UNAVAILABLE: {
    status: 503,
    retry: true,
    message: 'A service that is needed does not answer; try again soon.',
  },
  TIMEOUT: {
    status: 504,
    retry: true,
    message: 'A service that is needed did not answer in time; try again.',
  },
  // Defects: our bug. Details stay in the logs.
  INTERNAL: {
    status: 500,
    retry: false,
    message: 'Something broke inside Maestro; the logs have it under this request id.',
  },
} as const satisfies Record<string, { status: number; retry: boolean; message: string }>

export type ErrorCode = keyof typeof errorCodes

export const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(errorCodes, value)

/** The one error class, from the database to the browser. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    details: Record<string, unknown> = {},
    options?: ErrorOptions & { message?: string },
  ) {
    super(options?.message ?? errorCodes[code].message, options)
    this.code = code
    this.details = details
  }

  get status(): number {
    return errorCodes[this.code].status
  }

  get retry(): boolean {
    return errorCodes[this.code].retry
  }
}

/** What a request to the gateway carries. */
export type Ask = {
  params?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, string | number | undefined>>
  body?: unknown
  /** The same key again gets the same answer: made once per intent, not once per try. */
  idempotencyKey?: string
  signal?: AbortSignal
}

/** A week: long enough for holidays, short enough that a forgotten task does not wait for ever. */
const approvalMsMax = 7 * 24 * 3_600_000

/** When an approval that is asked for `at` expires; silence never approves. */
export const expiryOf = (at: string): string =>
  new Date(Date.parse(at) + approvalMsMax).toISOString()

/**
 * What a pipeline brought, in its order. It settles well even when not one of its commands arrived.
 * @throws the first command's error.
 */
export const batchReplies = (
  replies: readonly (readonly [Error | null, unknown])[] | null,
): readonly unknown[] =>
  (replies ?? []).map(([error, reply]) => {
    if (error !== null) throw error
    return reply
  })

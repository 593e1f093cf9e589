/** Reads for all who ask within `forMs`; a failure is not worth remembering. */
export const readShared = <Result>(
  forMs: number,
  read: () => Promise<Result>,
): (() => Promise<Result>) => {
  let shared: { result: Promise<Result>; until: number } | null = null
  return () => {
    if (shared !== null && Date.now() < shared.until) return shared.result
    const result = read()
    shared = { result, until: Date.now() + forMs }
    result.catch(() => {
      if (shared?.result === result) shared = null
    })
    return result
  }
}

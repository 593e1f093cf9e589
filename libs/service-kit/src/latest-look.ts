/**
 * Looks at something that others change, and takes what it finds. Looks may overlap, and one that began
 * before a change may end after one that saw it: what it found must not bring the old back.
 */
export const createLatestLook = <Found>({
  read,
  take,
}: {
  read: () => Promise<Found>
  take: (found: Found) => void
}): (() => Promise<void>) => {
  let begun = 0
  let taken = 0
  return async () => {
    const turn = ++begun
    const found = await read()
    if (turn < taken) return
    taken = turn
    take(found)
  }
}

/** These, and all that is reached from them, each once, the nearest first. */
export const reachedFrom = <Id>(
  from: Iterable<Id>,
  nextOf: (id: Id) => Iterable<Id>,
): ReadonlySet<Id> => {
  const found = new Set(from)
  // What a set gets while it is walked is walked as well.
  for (const id of found) for (const next of nextOf(id)) found.add(next)
  return found
}

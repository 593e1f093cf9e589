type Link = { readonly from: string; readonly to: string }

/**
 * The column of each step: one after the last of those that it needs. Links that would close a
 * cycle are passed over, the earlier step first.
 */
export const columnsOf = (
  ids: readonly string[],
  links: readonly Link[],
): ReadonlyMap<string, number> => {
  const after = new Map<string, string[]>(ids.map((id) => [id, []]))
  const open = new Map<string, number>(ids.map((id) => [id, 0]))
  for (const { from, to } of links) {
    const waiting = open.get(to)
    if (waiting === undefined || !after.has(from)) continue
    after.get(from)?.push(to)
    open.set(to, waiting + 1)
  }
  const depth = new Map<string, number>()
  const done = new Set<string>()
  const ready = ids.filter((id) => open.get(id) === 0)
  const held = ids.filter((id) => open.get(id) !== 0)
  for (let place = 0, heldPlace = 0; done.size < ids.length;) {
    const next = ready[place] ?? held[heldPlace]
    if (next === undefined) break
    if (place < ready.length) place += 1
    else heldPlace += 1
    if (done.has(next)) continue
    done.add(next)
    const own = depth.get(next) ?? 0
    depth.set(next, own)
    for (const id of after.get(next) ?? []) {
      if (done.has(id)) continue
      depth.set(id, Math.max(depth.get(id) ?? 0, own + 1))
      const left = (open.get(id) ?? 1) - 1
      open.set(id, left)
      if (left === 0) ready.push(id)
    }
  }
  return depth
}

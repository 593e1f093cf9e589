import { createStore, type StoreApi } from 'zustand/vanilla'

/** A choice of this browser that outlives a reload, where storage is allowed. */
export const createStored = <Value extends string>(
  key: string,
  values: readonly [Value, ...Value[]],
): StoreApi<{ value: Value }> => {
  const read = (): Value => {
    try {
      const kept = localStorage.getItem(key)
      return values.find((value) => value === kept) ?? values[0]
    } catch {
      return values[0]
    }
  }
  const store = createStore(() => ({ value: read() }))
  store.subscribe(({ value }) => {
    try {
      localStorage.setItem(key, value)
    } catch {
      // It holds for this visit then.
    }
  })
  return store
}

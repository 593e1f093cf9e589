import { createStore, type StoreApi } from 'zustand/vanilla'

/** What this browser keeps and outlives a reload, where storage is allowed. `read`: of what stands there, null of nothing. */
export const createStoredAs = <Value>(
  key: string,
  read: (text: string | null) => Value,
  write: (value: Value) => string,
): StoreApi<{ value: Value }> => {
  const readNow = (): Value => {
    try {
      return read(localStorage.getItem(key))
    } catch {
      return read(null)
    }
  }
  const store = createStore(() => ({ value: readNow() }))
  store.subscribe(({ value }) => {
    try {
      localStorage.setItem(key, write(value))
    } catch {
      // It holds for this visit then.
    }
  })
  return store
}

/** One of a few choices; the first until another one is made. */
export const createStored = <Value extends string>(
  key: string,
  values: readonly [Value, ...Value[]],
): StoreApi<{ value: Value }> =>
  createStoredAs(
    key,
    (text) => values.find((value) => value === text) ?? values[0],
    (value) => value,
  )

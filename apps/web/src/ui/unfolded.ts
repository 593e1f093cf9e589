import { jsonRows, type JsonValue } from './json-rows.ts'

/** More rows than a person reads before they decide. */
const rowsMax = 400

/** What has to be open for everything to be seen, from the outside in; what is larger than anybody reads stays folded further in. */
export const unfolded = (value: JsonValue): ReadonlySet<string> => {
  let open: ReadonlySet<string> = new Set()
  for (;;) {
    const rows = jsonRows(value, open)
    const next = new Set([...open, ...rows.flatMap(({ path, canOpen }) => (canOpen ? [path] : []))])
    if (next.size === open.size || rows.length > rowsMax) return open
    open = next
  }
}

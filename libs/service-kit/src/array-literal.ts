// Lists for Postgres as one text each (`${textArray(ids)}::text::text[]`). The driver turns a list into
// text element by element, which takes most of the time of a statement that carries many of them.

/** `{"a","b",NULL}` */
export const textArray = (values: readonly (string | null)[]): string => {
  let text = '{'
  for (const value of values) {
    if (text.length > 1) text += ','
    text += value === null ? 'NULL' : quoted(value)
  }
  return `${text}}`
}

const quoted = (value: string): string =>
  value.includes('"') || value.includes('\\')
    ? `"${value.replace(/["\\]/g, String.raw`\$&`)}"`
    : `"${value}"`

/** `{1,2}`, of integers. */
export const numberArray = (values: readonly number[]): string => `{${values.join(',')}}`

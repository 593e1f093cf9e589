/** JavaScript for the sandbox that describes one CSV. Written for QuickJS: built-in functions where a loop over characters would take seconds. */
export const csvProgram = (name: string): string => `const name = ${JSON.stringify(name)}
const quote = '"'
let text = input(name)
if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)

// The separator is the one that the first line has most of, outside of quotes.
const firstLine = text.split("\\n", 1)[0].replace(/"[^"]*"/g, "")
const separator = [",", ";", "\\t", "|"].reduce((best, candidate) =>
  firstLine.split(candidate).length > firstLine.split(best).length ? candidate : best)

// Takes a record that was split at its quotes: every second part stood between two of them.
const cellsOf = (parts) => {
  if (parts.length === 1) return parts[0].split(separator)
  const cells = []
  let cell = ""
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i]
    if (i % 2 === 1) cell += part
    else if (part === "") cell += i > 0 && i < parts.length - 1 ? quote : ""
    else {
      const pieces = part.split(separator)
      pieces[0] = cell + pieces[0]
      cell = pieces.pop()
      cells.push(...pieces)
    }
  }
  cells.push(cell)
  return cells
}
// Where commas do not separate cells, they may separate decimals.
const decimalComma = separator !== ","
const numberOf = (value) => {
  const number = Number(value)
  return Number.isFinite(number) || !decimalComma ? number : Number(value.replace(",", "."))
}

let columns = null
let rows = 0
let uneven = 0
const start = (cells) => {
  const headed = !cells.every((cell) => cell.trim() === "" || Number.isFinite(numberOf(cell)))
  columns = cells.map((cell, i) => ({
    name: (headed && cell.trim()) || "column " + (i + 1),
    numbers: 0, sum: 0, minimum: Infinity, maximum: -Infinity,
    texts: 0, values: new Map(), textOnly: false,
  }))
  if (!headed) addRow(cells)
}
const addRow = (cells) => {
  rows += 1
  if (cells.length !== columns.length) uneven += 1
  const count = Math.min(cells.length, columns.length)
  for (let i = 0; i < count; i += 1) {
    const value = cells[i]
    if (value === "") continue
    const column = columns[i]
    if (!column.textOnly) {
      const number = decimalComma ? numberOf(value) : +value
      if (number - number === 0) {
        if (number === 0 && value.trim() === "") continue
        column.numbers += 1
        column.sum += number
        if (number < column.minimum) column.minimum = number
        if (number > column.maximum) column.maximum = number
        continue
      }
      // After so many texts and no number, looking for one is wasted time.
      if (column.texts === 200 && column.numbers === 0) column.textOnly = true
    }
    column.texts += 1
    const { values } = column
    const times = values.get(value)
    if (times !== undefined) values.set(value, times + 1)
    else if (values.size < 5000) values.set(value, 1)
  }
}

for (let at = 0; at < text.length; ) {
  let end = text.indexOf("\\n", at)
  if (end < 0) end = text.length
  let parts = text.slice(at, end).split(quote)
  // An odd number of quotes: the line break stands between two of them.
  while (end < text.length && parts.length % 2 === 0) {
    end = text.indexOf("\\n", end + 1)
    if (end < 0) end = text.length
    parts = text.slice(at, end).split(quote)
  }
  at = end + 1
  const last = parts.length - 1
  if (parts[last].endsWith("\\r")) parts[last] = parts[last].slice(0, -1)
  if (last === 0 && parts[0].trim() === "") continue
  if (columns === null) start(cellsOf(parts))
  else addRow(cellsOf(parts))
}

const describe = (column) => {
  const { name, numbers, texts, values } = column
  const facts = { name: name.slice(0, 120), numbers, texts, missing: rows - numbers - texts }
  if (numbers > 0 && numbers >= texts * 9) {
    const mean = Number((column.sum / numbers).toPrecision(12))
    return { ...facts, kind: "number", minimum: column.minimum, mean, maximum: column.maximum }
  }
  const most = [...values].sort((a, b) => b[1] - a[1]).slice(0, 3)
  return {
    ...facts, kind: "text", distinct: values.size, distinctAtLeast: values.size === 5000,
    most: most.map(([value, times]) => ({ value: value.trim().slice(0, 80), times })),
  }
}
const all = columns ?? []
return {
  kind: "csv", name, characters: text.length, separator, rows, columns: all.length, uneven,
  details: all.slice(0, 200).map(describe),
}`

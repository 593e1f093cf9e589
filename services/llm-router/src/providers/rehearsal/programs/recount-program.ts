import type { InputKind } from '../input-kind.ts'

const countOf: Record<InputKind, string> = {
  // What stands between quotes may contain line breaks, and is no line of its own.
  csv: `text.split('"').filter((_, at) => at % 2 === 0).join("q").split("\\n").filter((line) => line.trim() !== "").length`,
  json: `Object.keys(Object(JSON.parse(text.replace(/^\\uFEFF/, "")))).length`,
  text: `text.length`,
}

/** JavaScript for the sandbox that counts one input in another way than its description did, to check it. */
export const recountProgram = (
  name: string,
  of: InputKind,
): string => `const name = ${JSON.stringify(name)}
const text = input(name)
const count = ${countOf[of]}
return { kind: "recount", name, of: ${JSON.stringify(of)}, characters: text.length, count }`

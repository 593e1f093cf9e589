/** JavaScript for the sandbox that measures one text and hands over its start, for agents that can run code but not read inputs. */
export const textProgram = (name: string): string => `const name = ${JSON.stringify(name)}
const text = input(name)
const words = text.split(/\\s+/).filter((word) => word !== "").length
return {
  kind: "text", name, characters: text.length, words,
  lines: text === "" ? 0 : text.split("\\n").length, start: text.slice(0, 60000),
}`

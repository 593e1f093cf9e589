/** JavaScript for the sandbox that works on the words of a step, for steps that promise a tool's answer and have no input. */
export const wordsProgram = (
  title: string,
  words: string,
): string => `const title = ${JSON.stringify(title)}
const text = ${JSON.stringify(words)}
const words = text.toLowerCase().match(/[\\p{L}\\p{N}]{4,}/gu) ?? []
const times = new Map()
for (const word of words) times.set(word, (times.get(word) ?? 0) + 1)
const most = [...times].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([word, count]) => ({ word, count }))
return { kind: "words", title, characters: text.length, words: words.length, distinct: times.size, most }`

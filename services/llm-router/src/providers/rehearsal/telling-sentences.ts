/** Words that say nothing about what a text is about, in the languages that inputs are most often in. */
const stopWords = new Set(
  (
    'about after again also because been before being between both cannot could does doing down during each every from further ' +
    'have having here into itself just more most must once only other ours over same should since some such than that their ' +
    'them then there these they this those through under until very want were what when where which while will with would your ' +
    'aber alle allem allen aller alles also auch auf aus bei beim bin bist dann dass dein deine dem den der des dessen deshalb die dies diese ' +
    'diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines einige habe haben hatte ihre ihrem ihren ihrer immer ' +
    'ist jede jedem jeden jeder jedes kann kein keine machen mehr mein meine mit muss nach nicht noch nur oder ohne sehr sein seine ' +
    'sich sie sind soll sollte über und uns unser unter viel vom von vor war waren warum was weil weiter wenn werden wie wieder wird wurde zum zur zwischen'
  ).split(' '),
)

const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).filter((word) => !stopWords.has(word))

/** Lists of names and bits of code have more marks than prose. */
const isProse = (sentence: string): boolean =>
  (sentence.match(/[^\p{L}\s]/gu)?.length ?? 0) < sentence.length * 0.1

/** Prose only: headings, tables, code and link targets are no sentences. */
const sentencesOf = (text: string): readonly string[] =>
  text
    .replace(/^(?:```|~~~)[\s\S]*?^(?:```|~~~).*$/gm, '')
    .replace(/^\s*(?:#{1,6}\s.*|\|.*|[-=*_]{3,}\s*)$/gm, '\n')
    .replace(/^\s*(?:[-*+>]|\d+[.)])\s+/gm, '\n\n')
    .split(/\n\s*\n|(?<=[.!?…]["'”“»)]?)\s+(?=["'„“«(]?[\p{Lu}\p{N}])/u)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => sentence.length <= 320 && isProse(sentence))

/** Short ones say little, and without their mark at the end they are no sentences at all: only where there is nothing longer. */
const worthQuoting = (sentences: readonly string[]): readonly string[] => {
  const long = sentences.filter((sentence) => sentence.length >= 25)
  if (long.length > 0) return long
  return sentences.filter((sentence) => /^.{9,}[.!?…]["'”“»)]?$/u.test(sentence))
}

/** How much prose is weighed. More of it hardly changes which words are frequent. */
const charactersMax = 256 * 1024

/** The sentences whose words the whole text uses most, as they stand in it, in its order. */
export const tellingSentences = (text: string, countMax: number): readonly string[] => {
  const sentences = [...new Set(worthQuoting(sentencesOf(text.slice(0, charactersMax))))]
  const words = sentences.map(wordsOf)
  const times = new Map<string, number>()
  for (const word of words.flat()) times.set(word, (times.get(word) ?? 0) + 1)
  const scored = sentences.map((sentence, at) => {
    const own = new Set(words[at])
    let score = 0
    for (const word of own) score += (times.get(word) ?? 1) - 1
    // Keeps long sentences from winning by length alone.
    return { sentence, at, score: score / (6 + own.size) ** 0.75 }
  })
  return scored
    .toSorted((a, b) => b.score - a.score || a.at - b.at)
    .slice(0, countMax)
    .toSorted((a, b) => a.at - b.at)
    .map(({ sentence }) => sentence)
}

import { formatCount, formatNumber } from './format-number.ts'
import { table } from './rehearsal-markdown.ts'
import type { JsonFacts } from './tool-facts.ts'

type Place = JsonFacts['places'][number]

const typesOf = (place: Place): string =>
  Object.entries(place.types)
    .map(([type, count]) => `${type} (${formatNumber(count)})`)
    .join(', ')

const rangeOf = ({ lengths, numbers }: Place): string => {
  const said: string[] = []
  if (numbers !== null) {
    said.push(
      `${formatNumber(numbers.minimum)} to ${formatNumber(numbers.maximum)}, mean ${formatNumber(numbers.mean)}`,
    )
  }
  if (lengths !== null) {
    const { shortest, longest } = lengths
    said.push(
      shortest === longest
        ? formatCount(longest, 'item')
        : `${formatNumber(shortest)} to ${formatCount(longest, 'item')}`,
    )
  }
  return said.join('; ')
}

const topOf = (place: Place | undefined): string => {
  if (place === undefined) return 'nothing'
  if (place.types['array'] !== undefined) {
    return `an array of ${formatCount(place.lengths?.longest ?? 0, 'item')}`
  }
  if (place.types['object'] !== undefined) return `an object with ${formatCount(place.keys, 'key')}`
  return `a single value (${Object.keys(place.types).join(', ')})`
}

export const describeJson = (facts: JsonFacts): string => {
  const { name, problem, characters, depth, values, places, placesLeftOut } = facts
  if (problem !== null) {
    return `**${name}** (${formatCount(characters, 'character')}) is not valid JSON: ${problem}.`
  }
  const items = places.find(({ path }) => path === '[]')
  const keys =
    items === undefined || items.keys === 0
      ? ''
      : ` Its items are objects with ${formatCount(items.keys, 'key')}.`
  const parts = [
    `**${name}** is ${topOf(places[0])}, ${formatCount(depth, 'level')} deep, with **${formatCount(values, 'value')}** in ${formatCount(characters, 'character')}.${keys}`,
    table(
      ['Place', 'Types', 'Range'],
      places.map((place) => [
        place.path === '' ? '(top)' : place.path,
        typesOf(place),
        rangeOf(place),
      ]),
    ),
  ]
  if (placesLeftOut > 0) {
    parts.push(`${formatCount(placesLeftOut, 'more place')} are not listed.`)
  }
  return parts.join('\n\n')
}

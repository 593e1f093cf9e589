/** JavaScript for the sandbox that describes the shape of one JSON file. */
export const jsonProgram = (name: string): string => `const name = ${JSON.stringify(name)}
const text = input(name)
let value = null
try {
  value = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
} catch (error) {
  return { kind: "json", name, characters: text.length, problem: String(error.message), values: 0, depth: 0, places: [], placesLeftOut: 0 }
}

// A place is what all values at one path have in common: items of an array share one.
const places = []
const placesMax = 120
const depthMax = 200
let placesLeftOut = 0
let values = 0
let depth = 0
const createPlace = (path) => {
  const place = {
    path, types: {}, keys: new Map(), items: null,
    numbers: 0, sum: 0, minimum: Infinity, maximum: -Infinity, shortest: Infinity, longest: 0,
  }
  if (places.length < placesMax) places.push(place)
  else placesLeftOut += 1
  return place
}
const look = (value, place, level) => {
  values += 1
  if (level > depth) depth = level
  const type = value === null ? "null" : Array.isArray(value) ? "array" : typeof value
  place.types[type] = (place.types[type] || 0) + 1
  if (type === "number") {
    place.numbers += 1
    place.sum += value
    if (value < place.minimum) place.minimum = value
    if (value > place.maximum) place.maximum = value
  } else if (type === "array") {
    if (value.length < place.shortest) place.shortest = value.length
    if (value.length > place.longest) place.longest = value.length
    place.items ??= createPlace(place.path + "[]")
    if (level < depthMax) for (const item of value) look(item, place.items, level + 1)
  } else if (type === "object" && level < depthMax) {
    for (const key in value) {
      let child = place.keys.get(key)
      if (child === undefined) {
        child = createPlace(place.path === "" ? key : place.path + "." + key)
        place.keys.set(key, child)
      }
      look(value[key], child, level + 1)
    }
  }
}
look(value, createPlace(""), 1)

return {
  kind: "json", name, characters: text.length, problem: null, values, depth, placesLeftOut,
  places: places.map(({ path, types, keys, items, numbers, sum, minimum, maximum, shortest, longest }) => ({
    path: path.slice(0, 200), types, keys: keys.size,
    lengths: items === null ? null : { shortest, longest },
    numbers: numbers === 0 ? null : { minimum, mean: Number((sum / numbers).toPrecision(12)), maximum },
  })),
}`

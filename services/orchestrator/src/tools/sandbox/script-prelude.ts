/**
 * Runs inside QuickJS before every script, and is all that joins the two worlds: it takes the host's
 * functions, puts `inputs`, `input` and `console` into the script's reach, and gives back two functions
 * that turn any value into JSON. Only JSON comes back to the host.
 */
export const scriptPrelude = `((hostInput, hostLog, namesJson, resultCharactersMax) => {
  'use strict'
  const { parse, stringify } = JSON
  const { apply } = Reflect
  const { slice } = String.prototype
  // A script may replace what prototypes offer: what leaves is made with what was there before it.
  const startOf = (text, characters) => apply(slice, text, [0, characters])
  const { freeze, fromEntries } = Object
  const write = (key, value) => {
    if (typeof value === 'bigint') return String(value)
    if (value instanceof Map) return [...value]
    if (value instanceof Set) return [...value]
    return value
  }
  const plain = (value) => {
    if (typeof value === 'string') return value
    try {
      if (value instanceof Error) {
        const at = String(value.stack ?? '').split('\\n').map((line) => line.trim())
          .filter((line) => line !== '' && !line.includes('prelude.js')).slice(0, 6)
        return [value.name + ': ' + value.message, ...at].join(' ')
      }
      const json = typeof value === 'function' ? undefined : stringify(value, write)
      if (json !== undefined) return json
    } catch {}
    try {
      return String(value)
    } catch {
      return 'a value that cannot be shown'
    }
  }
  const log = (...values) => hostLog(values.map(plain).join(' ').slice(0, 20000))
  const fixed = (value) => ({ value, enumerable: true, configurable: false, writable: false })
  Object.defineProperties(globalThis, {
    inputs: fixed(freeze(parse(namesJson))),
    input: fixed((name) => hostInput(name)),
    console: fixed(freeze(fromEntries(['log', 'info', 'warn', 'error', 'debug'].map((key) => [key, log])))),
  })
  return {
    /** '' for no value, otherwise the length of the JSON, a space, and as much of it as may leave. */
    result: (value) => {
      const json = stringify(value, write)
      return json === undefined ? '' : json.length + ' ' + startOf(json, resultCharactersMax)
    },
    thrown: (value) => {
      const text = value instanceof Error ? plain(value) : 'The code threw ' + plain(value)
      return stringify(startOf(text, 4000))
    },
  }
})`

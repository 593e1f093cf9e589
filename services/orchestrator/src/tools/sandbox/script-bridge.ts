import type { QuickJSContext, QuickJSHandle, Scope } from 'quickjs-emscripten'
import { scriptPrelude } from './script-prelude.ts'

/** QuickJS reads texts up to the first NUL, so that one has to go; U+FFFD keeps every offset as it is. */
export const withoutNul = (text: string): string =>
  text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text

/** The only two things of ours that a script can reach, and the two functions of the prelude that turn what it leaves into JSON. */
export const createScriptBridge = ({
  scope,
  context,
  inputNames,
  readInput,
  log,
  resultCharactersMax,
}: {
  scope: Scope
  context: QuickJSContext
  inputNames: readonly string[]
  readInput: (name: string) => string
  log: (line: string) => void
  resultCharactersMax: number
}): { toResult: QuickJSHandle; toThrown: QuickJSHandle } => {
  const hostInput = context.newFunction('input', (name) => {
    const wanted = context.typeof(name) === 'string' ? context.getString(name) : ''
    if (!inputNames.includes(wanted)) {
      const names = inputNames.join(', ')
      throw new Error(
        `there is no input ${JSON.stringify(wanted.slice(0, 200))}; ` +
          (names === '' ? 'this step has none' : `there are: ${names}`),
      )
    }
    return context.newString(withoutNul(readInput(wanted)))
  })
  const hostLog = context.newFunction('log', (line) => log(context.getString(line)))
  const prelude = context.unwrapResult(context.evalCode(scriptPrelude, 'prelude.js'))
  const bridge = context.unwrapResult(
    context.callFunction(
      scope.manage(prelude),
      context.undefined,
      scope.manage(hostInput),
      scope.manage(hostLog),
      scope.manage(context.newString(JSON.stringify(inputNames))),
      scope.manage(context.newNumber(resultCharactersMax)),
    ),
  )
  scope.manage(bridge)
  return {
    toResult: scope.manage(context.getProp(bridge, 'result')),
    toThrown: scope.manage(context.getProp(bridge, 'thrown')),
  }
}

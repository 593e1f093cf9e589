import type { Plugin } from 'vite'

const flow = /\/@xyflow\/react\/dist\/esm\/index\.js$/
/** No bundler can tell that these do nothing else. */
const wrapping = /^(const|var) ([\w$]+) = (memo|forwardRef)\(/gm
const naming = /^\w+\.displayName = '\w+';$/gm

/**
 * React Flow is one file, whose parts wrap and name themselves where they stand: so its own map, controls and
 * toolbars come with every page that draws a plan, used or not. Marked as what they are, they stay away.
 */
export const withoutUnusedFlow = (): Plugin => ({
  name: 'without-unused-flow',
  apply: 'build',
  transform: (code, id) =>
    flow.test(id)
      ? code.replaceAll(wrapping, '$1 $2 = /* @__PURE__ */ $3(').replaceAll(naming, '')
      : null,
})

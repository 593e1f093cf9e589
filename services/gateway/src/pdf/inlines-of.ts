import type { Nodes, PhrasingContent } from 'mdast'
import { breakableText } from './breakable-text.ts'
import type { Inline } from './page-line.ts'

/** Emphasis in emphasis, deeper than anybody writes by hand. */
const depthMax = 12

/** The text of a node and of all in it. */
export const plainText = (node: Nodes): string => {
  const texts: string[] = []
  const rest: Nodes[] = [node]
  for (let next = rest.pop(); next; next = rest.pop()) {
    if ('value' in next) texts.push(next.value)
    else if ('children' in next) rest.push(...next.children.toReversed())
    else if ('alt' in next && next.alt) texts.push(next.alt)
  }
  return texts.join('')
}

/** Typst refuses a whole document for a link of more than 8,000; a browser takes this. */
const urlCharactersMax = 2_000

const safeUrl = (url: string): URL | null => {
  const parsed = URL.canParse(url) ? new URL(url) : null
  if (parsed === null || parsed.href.length > urlCharactersMax) return null
  return ['http:', 'https:', 'mailto:'].includes(parsed.protocol) ? parsed : null
}

/** Where a link leads stands behind it, unless its text says so: paper has nothing to hover. */
const linkOf = (url: string, c: readonly Inline[], text: string): Inline[] => {
  const target = safeUrl(url)
  if (!target) return [...c]
  const link: Inline = { t: 'link', url: target.href, c }
  const place = target.protocol === 'mailto:' ? target.pathname : target.host
  return text.includes(place) ? [link] : [link, breakableText(` (${place})`)]
}

export const inlinesOf = (nodes: readonly Nodes[], depth = 0): Inline[] =>
  nodes.flatMap((node) => inlineOf(node as PhrasingContent, depth))

const inlineOf = (node: PhrasingContent, depth: number): Inline[] => {
  const inside = () =>
    'children' in node
      ? depth < depthMax
        ? inlinesOf(node.children, depth + 1)
        : [breakableText(plainText(node))]
      : []
  switch (node.type) {
    case 'text':
      return [breakableText(node.value)]
    case 'strong':
      return [{ t: 'strong', c: inside() }]
    case 'emphasis':
      return [{ t: 'emph', c: inside() }]
    case 'delete':
      return [{ t: 'strike', c: inside() }]
    case 'inlineCode':
      return [{ t: 'code', s: breakableText(node.value) }]
    case 'break':
      return [{ t: 'break' }]
    case 'link':
      return linkOf(node.url, inside(), plainText(node))
    case 'image':
      return [`[picture: ${breakableText(node.alt || node.url)}]`]
    case 'html':
      return /^<br\s*\/?>$/i.test(node.value) ? [{ t: 'break' }] : [breakableText(node.value)]
    case 'footnoteReference':
      return [{ t: 'super', c: [`[${node.identifier}]`] }]
    default:
      return [breakableText(plainText(node))]
  }
}

import type { Nodes, RootContent, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { breakableText } from './breakable-text.ts'
import { codeLines } from './code-lines.ts'
import { inlinesOf, plainText } from './inlines-of.ts'
import { isRightToLeft } from './is-right-to-left.ts'
import type { PageLine } from './page-line.ts'
import type { PageNode } from './page-node.ts'
import { pageTables } from './page-table.ts'
import { withinLines } from './within-lines.ts'

/** Deeper lists and quotes are shown as plain text. */
const depthMax = 8
/** About 600 pages: in characters, where each block, row and line of code counts for a line at least. */
const roomMax = 1_500_000
const lineRoom = 60
/** What is read as Markdown at all: reading takes longer than in proportion. */
const linesMax = 20_000
/** Longer code is shown in one colour: telling its words apart takes longer than reading it. */
const colouredMax = 20_000

/**
 * What a model wrote, as nodes that the template knows. Nothing in it is trusted: pictures are named
 * and not fetched, HTML is shown as the text that it is, addresses of links are http(s) or mailto. However
 * it is made, it fills no more than `roomMax`.
 */
export const markdownNodes = (text: string): PageNode[] => {
  const lines = text.split('\n')
  const root = fromMarkdown(withinLines(lines.slice(0, linesMax).join('\n')), {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  })
  const converter = createConverter()
  const nodes = converter.nodesOf(root.children, 0)
  return converter.isFull() || lines.length > linesMax
    ? [...nodes, { t: 'note', text: 'The rest is left out: it is too long for a report.' }]
    : nodes
}

/** With a sign before the first words. */
const begunWith = (sign: string | null, nodes: PageNode[]): PageNode[] => {
  const [first, ...rest] = nodes
  if (sign === null || first?.t !== 'par') return nodes
  return [{ ...first, line: { ...first.line, c: [sign, ...first.line.c] } }, ...rest]
}

const createConverter = () => {
  let room = roomMax
  /** False once nothing fits any more. */
  const take = (characters: number): boolean => {
    room -= characters + lineRoom
    return room >= 0
  }

  const lineOf = (node: Nodes): PageLine | null => {
    const plain = plainText(node)
    if (!take(plain.length)) return null
    return { c: inlinesOf('children' in node ? node.children : []), rtl: isRightToLeft(plain) }
  }

  const nodesOf = (children: readonly RootContent[], depth: number): PageNode[] => {
    const nodes: PageNode[] = []
    for (const child of children) {
      if (room < 0) break
      nodes.push(...nodeOf(child, depth))
    }
    return nodes
  }

  const textNode = (text: string): PageNode[] =>
    take(text.length)
      ? [{ t: 'par', line: { c: [breakableText(text)], rtl: isRightToLeft(text) } }]
      : []

  const nodeOf = (node: RootContent, depth: number): PageNode[] => {
    if (depth > depthMax) return textNode(plainText(node))
    switch (node.type) {
      case 'heading': {
        const line = lineOf(node)
        return line ? [{ t: 'heading', level: node.depth, line }] : []
      }
      case 'paragraph': {
        const line = lineOf(node)
        return line ? [{ t: 'par', line }] : []
      }
      case 'list':
        return [
          {
            t: 'list',
            start: node.ordered ? (node.start ?? 1) : null,
            items: node.children.map((item) =>
              begunWith(
                item.checked == null ? null : item.checked ? '☑ ' : '☐ ',
                nodesOf(item.children, depth + 1),
              ),
            ),
            rtl: isRightToLeft(plainText(node)),
          },
        ]
      case 'blockquote':
        return [
          {
            t: 'quote',
            nodes: nodesOf(node.children, depth + 1),
            rtl: isRightToLeft(plainText(node)),
          },
        ]
      case 'code':
        return [codeNode(node.value, node.lang ?? null)]
      case 'table':
        return tableNodes(node)
      case 'thematicBreak':
        return take(0) ? [{ t: 'rule' }] : []
      case 'html':
        return node.value.trim().startsWith('<!--') ? [] : textNode(node.value)
      case 'footnoteDefinition':
        return begunWith(`[${node.identifier}] `, nodesOf(node.children, depth + 1))
      case 'definition':
        return []
      default:
        return textNode(plainText(node))
    }
  }

  const codeNode = (value: string, lang: string | null): PageNode => {
    const lines = codeLines(value)
    const fitting = lines.findIndex((line) => !take(line.length))
    const text = (fitting < 0 ? lines : lines.slice(0, fitting)).join('\n')
    const isNamed = lang !== null && /^[A-Za-z0-9+#.-]{1,20}$/.test(lang)
    return { t: 'code', text, lang: isNamed && text.length <= colouredMax ? lang : null }
  }

  const tableNodes = ({ children: [head, ...body], align }: Table): PageNode[] => {
    const cells = (row: Table['children'][number]) =>
      row.children.map((cell): PageLine => lineOf(cell) ?? { c: [], rtl: false })
    if (!head) return []
    const heads = cells(head)
    const rows: PageLine[][] = []
    for (const row of body) {
      if (room < 0) break
      rows.push(cells(row))
    }
    const aligns = heads.map((_cell, column) => {
      const wanted = align?.[column]
      return wanted === 'right' ? 'end' : wanted === 'center' ? 'center' : 'start'
    })
    return pageTables({ heads, aligns, rows })
  }

  return { nodesOf, isFull: () => room < 0 }
}

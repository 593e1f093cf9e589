import { expect, test } from 'vitest'
import { layoutGraph, linkKey, type Outline } from '../layout.ts'
import { crossingsOf } from './crossings-of.ts'
import { fromElk, toElk } from './elk-graph.ts'

const link = (from: string, to: string) => ({ from, to })
const outline: Outline = {
  ids: ['a', 'b', 'c'],
  links: [link('a', 'b'), link('b', 'c'), link('a', 'c')],
  labelled: new Set(),
}

test('what no card stands for is not asked about', () => {
  const asked = toElk({ ...outline, links: [...outline.links, link('a', 'gone'), link('b', 'b')] })
  expect(asked.edges.map(({ sources, targets }) => [...sources, ...targets].join('>'))).toEqual([
    'a>b',
    'b>c',
    'a>c',
  ])
})

const answer = {
  children: [
    { id: 'a', x: 12, y: 40 },
    { id: 'b', x: 300, y: -20 },
    { id: 'c', x: 700, y: 40 },
  ],
  edges: [
    {
      id: '2',
      sections: [
        {
          startPoint: { x: 232, y: 90 },
          bendPoints: [
            { x: 260, y: 90 },
            { x: 260, y: 130 },
            { x: 640, y: 130 },
            { x: 640, y: 90 },
          ],
          endPoint: { x: 700, y: 90 },
        },
      ],
    },
  ],
}

test('its columns and heights are taken over, the gaps are those of every plan', () => {
  const layout = fromElk(outline, answer)
  expect(Object.fromEntries(layout?.points ?? [])).toEqual({
    a: { x: 0, y: 60 },
    b: { x: 280, y: 0 },
    c: { x: 560, y: 60 },
  })
  expect(layout?.ways.get(linkKey(link('a', 'c')))).toEqual([{ x: 390, y: 150 }])
})

test('an answer in which a card is missing is none', () => {
  expect(fromElk(outline, { children: answer.children.slice(1) })).toBeNull()
})

test('crossings are counted as they are drawn', () => {
  const crossed: Outline = {
    ids: ['a', 'b', 'x', 'y'],
    links: [link('a', 'y'), link('b', 'x')],
    labelled: new Set(),
  }
  const points = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 0, y: 120 }],
    ['x', { x: 280, y: 0 }],
    ['y', { x: 280, y: 120 }],
  ])
  expect(crossingsOf({ outline: crossed, points, ways: new Map() })).toBe(1)
  expect(crossingsOf(layoutGraph(crossed))).toBe(0)
})

/** A text that a model or a person wrote: its paragraphs, tables and code are read, nothing in it is obeyed. */
type Markdown = { kind: 'markdown'; text: string }
/** One paragraph of ours, or a text that is shown as it is. */
type Text = { kind: 'text'; text: string; look: 'plain' | 'note' }
type Facts = { kind: 'facts'; rows: readonly (readonly [name: string, value: string])[] }

export type Table = {
  kind: 'table'
  heads: readonly string[]
  /** By head: figures stand to the end of their column. */
  figures: readonly boolean[]
  rows: readonly (readonly string[])[]
}

/** Amounts side by side; `share` is of the largest, 0 to 1. */
type Bars = {
  kind: 'bars'
  title: string
  rows: readonly { name: string; share: number; words: string }[]
}

/** One whole and its parts; `share` is of the whole, 0 to 1. */
type Shares = {
  kind: 'shares'
  title: string
  parts: readonly { name: string; share: number; words: string }[]
}

/** When what ran; `from` and `to` are of the whole time, 0 to 1. */
type Spans = {
  kind: 'spans'
  title: string
  start: string
  end: string
  rows: readonly { name: string; from: number; to: number; words: string; isCritical: boolean }[]
}

export type DrawnStep = {
  id: string
  title: string
  agent: string
  status: string
  /** Ids of steps that are drawn as well. */
  needs: readonly string[]
}
type PlanGraph = { kind: 'plan'; steps: readonly DrawnStep[] }

export type Block = Markdown | Text | Facts | Table | Bars | Shares | Spans | PlanGraph

export type Section = { title: string; level: 1 | 2; blocks: readonly Block[] }

/** What a person is handed of a task, in words: the same for every kind of file. */
export type Report = {
  title: string
  /** What it is a report of, and of which moment. */
  subtitle: string
  /** At the foot of each page. */
  source: string
  status: string
  sections: readonly Section[]
}

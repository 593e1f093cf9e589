import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { Annotation, EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { useEffect, useRef } from 'react'

type Props = {
  labelledBy: string
  describedBy: string
  value: string
  charactersMax: number
  /** As high as so many lines, until somebody pulls at its corner. */
  lines: number
  takesFocus: boolean
  onValue: (value: string) => void
}

const linePx = 20
const paddingPx = 8

/** It was changed elsewhere, and not typed. */
const isFromOutside = Annotation.define<boolean>()

// Colours are tokens: the theme of the page is that of the editor.
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', backgroundColor: 'var(--bg)', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: `${linePx}px` },
  '.cm-content': { padding: `${paddingPx}px 0`, caretColor: 'var(--text)' },
  '.cm-line': { padding: '0 12px' },
})

/**
 * A long text that is written. Tab leaves it, as it leaves every field; so does Escape, which closes nothing
 * around it. What is too long is not taken.
 */
export const CodeEditor = ({
  labelledBy,
  describedBy,
  value,
  charactersMax,
  lines,
  takesFocus,
  onValue,
}: Props) => {
  const around = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView | null>(null)
  const latest = useRef({ value, charactersMax, takesFocus, onValue })
  latest.current = { value, charactersMax, takesFocus, onValue }

  useEffect(() => {
    const parent = around.current
    if (parent === null) return
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          keymap.of([
            {
              key: 'Escape',
              run: () => {
                parent.focus()
                return true
              },
            },
            ...historyKeymap,
            ...standardKeymap,
          ]),
          history(),
          EditorView.lineWrapping,
          EditorState.transactionFilter.of((transaction) =>
            transaction.docChanged &&
            transaction.newDoc.length > latest.current.charactersMax &&
            transaction.newDoc.length > transaction.startState.doc.length &&
            transaction.annotation(isFromOutside) !== true
              ? []
              : transaction,
          ),
          EditorView.updateListener.of(({ docChanged, state, transactions }) => {
            if (docChanged && !transactions.some((one) => one.annotation(isFromOutside)))
              latest.current.onValue(state.doc.toString())
          }),
          EditorView.contentAttributes.of({
            'aria-labelledby': labelledBy,
            'aria-describedby': describedBy,
            spellcheck: 'true',
          }),
          look,
        ],
      }),
    })
    editor.current = view
    if (latest.current.takesFocus) view.focus()
    return () => {
      editor.current = null
      view.destroy()
    }
  }, [labelledBy, describedBy])

  useEffect(() => {
    const view = editor.current
    if (view === null) return
    const text = view.state.toText(value)
    if (text.eq(view.state.doc)) return
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      annotations: isFromOutside.of(true),
    })
  }, [value])

  return (
    <div
      ref={around}
      tabIndex={-1}
      className="min-h-12 resize-y overflow-hidden rounded-6 border border-line-strong focus-within:border-accent focus-within:outline-2 focus-within:outline-accent"
      style={{ height: lines * linePx + 2 * paddingPx }}
    />
  )
}

import type { KeyAction } from './default-keys.ts'

/** With a key that a person may choose, or with keys that stay what they are. */
export type Shortcut = { readonly what: string } & (
  | { readonly action: KeyAction }
  | { readonly keys: string }
)

/** Everything that a key does, for the help and for the settings. */
export const shortcutList: readonly {
  readonly scope: string
  readonly shortcuts: readonly Shortcut[]
}[] = [
  {
    scope: 'Everywhere',
    shortcuts: [
      { keys: 'Ctrl K', what: 'Go to a page, task, step or event, or do something' },
      { action: 'home', what: 'Home' },
      { action: 'needs-you', what: 'Needs you' },
      { action: 'tasks', what: 'Tasks' },
      { action: 'queues', what: 'Queues' },
      { action: 'costs', what: 'Costs' },
      { action: 'status', what: 'Status' },
      { action: 'new-task', what: 'New task' },
      { action: 'filter', what: 'Filter' },
      { keys: 'Alt T', what: 'Times by the clock, or how long ago' },
      { action: 'help', what: 'This help' },
    ],
  },
  {
    scope: 'Lists',
    shortcuts: [
      { action: 'next-row', what: 'Next row' },
      { action: 'previous-row', what: 'Previous row' },
      { action: 'choose-row', what: 'Choose a task' },
      { keys: 'Enter', what: 'Open' },
    ],
  },
  {
    scope: 'A task',
    shortcuts: [
      { action: 'view-graph', what: 'Graph' },
      { action: 'view-steps', what: 'Steps' },
      { action: 'view-waterfall', what: 'Waterfall' },
      { action: 'view-draft', what: 'Draft' },
      { action: 'view-output', what: 'Output' },
      { action: 'view-costs', what: 'Costs of the task' },
      { action: 'inspector', what: 'Inspector' },
      { action: 'dock', what: 'Log and events' },
      { action: 'hold', what: 'Pause or resume' },
      { action: 'run-one-step', what: 'Run one step' },
      { action: 'next-approval', what: 'To the next question' },
      { action: 'previous-event', what: 'Previous event' },
      { action: 'next-event', what: 'Next event' },
      { action: 'bookmarks', what: 'Bookmarks' },
      { action: 'live', what: 'Go live' },
      { action: 'copy-link', what: 'Copy link' },
      { keys: 'Esc', what: 'Leave the step' },
    ],
  },
  {
    scope: 'A question that has the focus',
    shortcuts: [
      { keys: 'Ctrl Enter', what: 'Approve' },
      { action: 'reject', what: 'Reject: asks why first' },
      { action: 'modify', what: 'Change it before it is approved' },
      { action: 'next-change', what: 'Next change, with Shift the previous one' },
    ],
  },
  {
    scope: 'Waterfall',
    shortcuts: [
      { keys: '↑ ↓', what: 'Rows' },
      { keys: 'Enter', what: 'Inspector' },
      { action: 'nearer', what: 'Nearer' },
      { action: 'further-away', what: 'Further away' },
      { action: 'whole-time', what: 'All of it' },
    ],
  },
  {
    scope: 'Graph',
    shortcuts: [
      { keys: '→ ←', what: 'Next, previous step' },
      { keys: '↑ ↓', what: 'Steps beside' },
      { keys: 'Enter', what: 'Inspector' },
      { keys: '⇧ F10', what: 'Menu of the step' },
      { keys: 'F', what: 'Fit' },
    ],
  },
  {
    scope: 'Scrubber',
    shortcuts: [
      { keys: '← →', what: 'Previous, next event' },
      { keys: '⇧ ← →', what: 'Previous, next event that matters' },
      { keys: 'Page ↑ ↓', what: 'Five percent' },
      { keys: 'M  ⇧ M', what: 'Next, previous bookmark' },
      { keys: 'Home  End', what: 'First event, live' },
      { keys: 'Space', what: 'Play' },
      { keys: '[  ]', what: 'Slower, faster' },
    ],
  },
]

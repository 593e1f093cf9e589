/** Everything that a key does, for the help and for the settings. */
export const shortcutList = [
  {
    scope: 'Everywhere',
    keys: [
      ['Ctrl K', 'Go to a page, task, step or event, or do something'],
      ['G N', 'Needs you'],
      ['G T', 'Tasks'],
      ['G Q', 'Queues'],
      ['G C', 'Costs'],
      ['G U', 'Status'],
      ['C', 'New task'],
      ['/', 'Filter'],
      ['Alt T', 'Times by the clock, or how long ago'],
      ['?', 'This help'],
    ],
  },
  {
    scope: 'Lists',
    keys: [
      ['J  K', 'Next, previous row'],
      ['X', 'Choose a task'],
      ['Enter', 'Open'],
    ],
  },
  {
    scope: 'A task',
    keys: [
      ['1 – 6', 'Graph, Steps, Waterfall, Draft, Output, Costs'],
      ['I', 'Inspector'],
      ['D', 'Log and events'],
      ['P', 'Pause or resume'],
      ['O', 'Run one step'],
      ['A', 'To the open approval'],
      [',  .', 'Previous, next event'],
      ['B', 'Bookmarks'],
      ['L', 'Go live'],
      ['Y', 'Copy link'],
      ['Esc', 'Leave the step'],
    ],
  },
  {
    scope: 'Scrubber',
    keys: [
      ['← →', 'Previous, next event'],
      ['⇧ ← →', 'Previous, next event that matters'],
      ['Page ↑ ↓', 'Five percent'],
      ['M  ⇧ M', 'Next, previous bookmark'],
      ['Home  End', 'First event, live'],
      ['Space', 'Play'],
      ['[  ]', 'Slower, faster'],
    ],
  },
  {
    scope: 'Waterfall',
    keys: [
      ['↑ ↓', 'Rows'],
      ['Enter', 'Inspector'],
      ['+  −', 'Nearer, further away'],
      ['0', 'All of it'],
    ],
  },
  {
    scope: 'Graph',
    keys: [
      ['→ ←', 'Next, previous step'],
      ['↑ ↓', 'Steps beside'],
      ['Enter', 'Inspector'],
      ['⇧ F10', 'Menu of the step'],
      ['F', 'Fit'],
    ],
  },
] as const

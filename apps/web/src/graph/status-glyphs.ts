import type { StepStatus } from '@maestro/contracts/task/task-status'

const ring = 'M22 12A10 10 0 1 1 2 12A10 10 0 0 1 22 12'

/** The icons of `stepStatusLook` as paths of 24 by 24, for a canvas. */
export const statusGlyphs: Record<StepStatus, string> = {
  'not-ready':
    'M10.1 2.182a10 10 0 0 1 3.8 0M13.9 21.818a10 10 0 0 1-3.8 0M17.609 3.721a10 10 0 0 1 2.69 2.7M2.182 13.9a10 10 0 0 1 0-3.8M20.279 17.609a10 10 0 0 1-2.7 2.69M21.818 10.1a10 10 0 0 1 0 3.8M3.721 6.391a10 10 0 0 1 2.7-2.69M6.391 20.279a10 10 0 0 1-2.69-2.7',
  queued: `${ring}M12 6v6l4 2`,
  running: 'M21 12a9 9 0 1 1-6.219-8.56',
  retrying: 'M21 12a9 9 0 1 1-9-9c2.52 0 4.93 1 6.74 2.74L21 8M21 3v5h-5',
  'needs-you':
    'M18 11V6a2 2 0 0 0-4 0M14 10V4a2 2 0 0 0-4 0v2M10 10.5V6a2 2 0 0 0-4 0v8M18 8a2 2 0 1 1 4 0v6a8 8 0 0 1-8 8h-2c-2.8 0-4.5-.86-5.99-2.34l-3.6-3.6a2 2 0 0 1 2.83-2.82L7 15',
  paused: `${ring}M10 15V9M14 15V9`,
  done: `${ring}M16 9l-5.5 5.5L8 12`,
  failed: 'M8 2h8l6 6v8l-6 6H8l-6-6V8zM15 9l-6 6M9 9l6 6',
  skipped: `${ring}M9 15l6-6`,
  cancelled: `${ring}M4.929 4.929L19.07 19.071`,
  'cut-off':
    'M9 6A3 3 0 1 1 3 6A3 3 0 0 1 9 6M8.12 8.12L12 12M20 4L8.12 15.88M9 18A3 3 0 1 1 3 18A3 3 0 0 1 9 18M14.8 14.8L20 20',
  reused: 'M3 12a9 9 0 1 0 9-9 9.75 9.75 0 0 0-6.74 2.74L3 8M3 3v5h5M12 7v5l4 2',
}

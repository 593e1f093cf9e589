import type { Change } from './to-graph.ts'

type ChangeLook = { readonly sign: string; readonly tone: string; readonly token: string }

/** What became of a part of a plan: by sign and border, never by colour alone. */
export const changeLook: Record<Change, ChangeLook> = {
  added: { sign: '+', tone: 'text-done', token: 'done' },
  removed: { sign: '−', tone: 'text-failed', token: 'failed' },
  changed: { sign: '~', tone: 'text-waiting', token: 'waiting' },
}

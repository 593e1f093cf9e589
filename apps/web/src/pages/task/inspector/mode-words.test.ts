import type { AgentId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { modeWords } from './mode-words.ts'

test('a step that refines says with whom, in which round, and why it ended', () =>
  expect(
    modeWords({
      mode: {
        kind: 'collaborative',
        agentIds: ['agt_1_critic' as AgentId],
        roundsMax: 3,
      },
      refined: {
        version: 2,
        round: 1,
        ended: 'stopped',
        reason: 'its cap of 5 tokens was reached',
      },
    }),
  ).toEqual([
    { label: 'Mode', text: 'refined together with critic' },
    { label: 'Rounds', text: '1 of 3' },
    { label: 'Version', text: '2' },
    { label: 'Ended', text: 'it could not go on: its cap of 5 tokens was reached' },
  ]))

test('a step that delivers at once says nothing of it', () => expect(modeWords({})).toEqual([]))

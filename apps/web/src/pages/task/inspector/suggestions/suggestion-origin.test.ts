import { CallId } from '@maestro/contracts/ids'
import { fold } from '@maestro/task-model/fold'
import { after, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import { ada, atMs, refOf, worker } from '@maestro/task-model/testing/task-fixtures'
import type { PlanVersion, Verdict } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { suggestionOrigin } from './suggestion-origin.ts'

const changed = after(createWith({ a: {} }), {
  type: 'ModifyAgent',
  agentId: worker,
  version: 1,
  changes: { suggestions: [refOf('say the year')] },
  when: 'next-attempt',
  reason: 'nobody knew which year',
  at: atMs(1_000),
  actor: ada,
})
const task = fold(changed)
if (task.status === 'unborn') throw new Error('it was born')
const place = { agentId: worker, versions: task.versions, events: changed }

test('a suggestion that a person added names the person and the reason', () => {
  expect(suggestionOrigin(refOf('say the year'), place)).toEqual({
    author: 'ada',
    since: 'since version 2 of the agent',
    reason: 'nobody knew which year',
  })
})

test('one that the plan brought says of which version, and what an observer had found before', () => {
  const [version] = task.versions
  if (version === undefined) throw new Error('it has a plan')
  const agents = version.agents.map((agent) => ({ ...agent, suggestions: [refOf('be brief')] }))
  const finding = {
    findingId: 'f1',
    severity: 'major' as const,
    target: 'agent:worker',
    text: 'It talks too much.',
  }
  const verdict: Verdict = {
    verdict: 'revise',
    score: 0.4,
    findings: [finding],
    summary: '',
    callId: CallId.parse('call_1_judge'),
    at: atMs(0),
  }
  const judged = { ...version, verdicts: { ...version.verdicts, 'agent-observer': verdict } }
  const versions: PlanVersion[] = [judged, { ...version, version: 2, author: 'planner', agents }]
  expect(suggestionOrigin(refOf('be brief'), { ...place, versions })).toEqual({
    author: 'the Planner',
    since: 'since version 2 of the plan',
    reason: 'It talks too much.',
  })
})

test('of one that nobody tells of nothing is made up', () => {
  expect(suggestionOrigin(refOf('from nowhere'), place)).toBeNull()
})

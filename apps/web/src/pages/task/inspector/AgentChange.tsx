import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import { Disclosure } from '../Disclosure.tsx'
import { AgentDiff } from './AgentDiff.tsx'
import { useAgentText } from './agent-text.ts'

type Props = { before: PlanAgent; agent: PlanAgent; version: number }

/** What this version of an agent changed in the one before it. */
export const AgentChange = ({ before, agent, version }: Props) => (
  <Disclosure title={`Version ${version}: what it changed`}>
    {() => <ChangeOf before={before} agent={agent} />}
  </Disclosure>
)

const ChangeOf = ({ before, agent }: Omit<Props, 'version'>) => {
  const was = useAgentText(before).text
  const is = useAgentText(agent).text
  return was === null || is === null ? null : <AgentDiff before={was} after={is} />
}

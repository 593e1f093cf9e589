import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import { useAgentText } from '../task/inspector/agent-text.ts'
import { AgentChangeTold } from './AgentChangeTold.tsx'

type Props = { approval: Pick<ApprovalSummary, 'agentChange' | 'agent'> }

/** What was asked about an agent and is decided: in other words than were proposed, it shows those that were approved. */
export const AgentChangeRecord = ({ approval: { agentChange, agent } }: Props) =>
  agentChange === undefined ? null : agent === undefined ? (
    <AgentChangeTold change={agentChange} />
  ) : (
    <Reworded change={agentChange} agent={agent} />
  )

const Reworded = ({
  change,
  agent,
}: {
  change: NonNullable<Props['approval']['agentChange']>
  agent: NonNullable<Props['approval']['agent']>
}) => <AgentChangeTold change={change} after={useAgentText(agent).text} />

import { type AgentId, roleOf } from '@maestro/contracts/ids'
import { SkeletonRows } from '../../../../ui/Skeleton.tsx'
import { lazyPart } from '../../../../ui/lazy-part.tsx'
import { Disclosure } from '../../Disclosure.tsx'

const AgentRecordTable = lazyPart(
  () => import('./AgentRecordTable.tsx').then((module) => module.AgentRecordTable),
  <SkeletonRows rows={4} label="Loading how the agent did" />,
)

/** How an agent did, asked for when somebody wants to know. */
export const AgentRecord = ({ agentId }: { agentId: AgentId }) => (
  <Disclosure title="How it did, here and in all tasks">
    {() => <AgentRecordTable name={roleOf(agentId)} />}
  </Disclosure>
)

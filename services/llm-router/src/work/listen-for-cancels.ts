import { anyCancelSubject } from '@maestro/contracts/bus/subjects'
import { CallId } from '@maestro/contracts/ids'
import type { NatsConnection } from '@maestro/service-kit/nats'
import type { CallRunner } from '../call/call-runner.ts'

/** Every worker hears every cancellation and aborts what it runs. What waits is held back by the mark: see `cancel-calls`. */
export const listenForCancels = ({
  nats,
  runner,
}: {
  nats: NatsConnection
  runner: Pick<CallRunner, 'cancel'>
}): { stop: () => Promise<void> } => {
  const subscription = nats.subscribe(anyCancelSubject)
  const listen = async () => {
    for await (const message of subscription) {
      const callId = CallId.safeParse(message.subject.split('.').at(-1))
      if (callId.success) runner.cancel(callId.data)
    }
  }
  const listening = listen()
  return {
    stop: async () => {
      await subscription.drain()
      await listening
    },
  }
}

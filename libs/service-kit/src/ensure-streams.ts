import { type StreamDefinition, streams } from '@maestro/contracts/bus/streams'
import {
  DiscardPolicy,
  nanos,
  type NatsConnection,
  NatsError,
  RetentionPolicy,
  StorageType,
} from './nats.ts'

const configOf = (stream: StreamDefinition) => ({
  name: stream.name,
  subjects: [...stream.subjects],
  storage: stream.storage === 'file' ? StorageType.File : StorageType.Memory,
  retention: stream.retention === 'workqueue' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
  // A full work queue refuses new work, so that nothing that waits is lost; the others drop their oldest.
  discard: stream.retention === 'workqueue' ? DiscardPolicy.New : DiscardPolicy.Old,
  max_age: nanos(stream.ageMsMax),
  max_bytes: stream.bytesMax,
  duplicate_window: nanos(stream.duplicateWindowMs),
  num_replicas: 1,
  allow_direct: true,
})

/** Creates the streams of the bus where they do not stand yet, or lack a subject that this version tells on. Any service may do it, at any time. */
export const ensureStreams = async (nats: NatsConnection, askMsMax = 10_000): Promise<void> => {
  const manager = await nats.jetstreamManager({ timeout: askMsMax })
  for (const stream of Object.values<StreamDefinition>(streams)) {
    try {
      const { config } = await manager.streams.info(stream.name)
      const missing = stream.subjects.filter((subject) => !config.subjects.includes(subject))
      if (missing.length > 0) {
        // What a newer version tells on stays.
        await manager.streams.update(stream.name, { subjects: [...config.subjects, ...missing] })
      }
    } catch (error) {
      if (!(error instanceof NatsError) || error.code !== '404') throw error
      await manager.streams.add(configOf(stream))
    }
  }
}

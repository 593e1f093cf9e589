/**
 * The one module that imports `nats`: its successor (`@nats-io/*`) is swapped in here, see docs/adr.
 * Everything the services use of it is named here.
 */
export {
  type ConsumerMessages,
  headers,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  type Msg,
  type MsgHdrs,
  type NatsConnection,
  type ServiceMsg,
  type ServiceStats,
  type Subscription,
} from 'nats'
import {
  connect,
  createInbox,
  ErrorCode,
  Events,
  NatsError,
  nanos,
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  ReplayPolicy,
  RequestStrategy,
  RetentionPolicy,
  StorageType,
  ServiceErrorCodeHeader,
  ServiceErrorHeader,
} from 'nats'
export {
  AckPolicy,
  connect,
  createInbox,
  DeliverPolicy,
  DiscardPolicy,
  ErrorCode as NatsErrorCode,
  Events as NatsEvents,
  nanos,
  NatsError,
  ReplayPolicy,
  RequestStrategy,
  RetentionPolicy,
  ServiceErrorCodeHeader,
  ServiceErrorHeader,
  StorageType,
}

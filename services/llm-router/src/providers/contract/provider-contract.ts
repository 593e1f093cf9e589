import { describeAnswers } from './answers-contract.ts'
import type { ContractSubject } from './contract-subject.ts'
import { describeEndings } from './endings-contract.ts'
import { describeFailures } from './failures-contract.ts'
import { describeOddReplies } from './odd-replies-contract.ts'

/** What the router may count on with every provider. An adapter that does not pass is no adapter. */
export const describeProviderContract = (subject: ContractSubject) => {
  describeAnswers(subject)
  describeFailures(subject)
  describeEndings(subject)
  describeOddReplies(subject)
}

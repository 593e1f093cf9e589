import { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { useQuery } from '@tanstack/react-query'
import { payloadTextQuery } from '../../api/payload-text.ts'
import { useApp } from '../../shell/app-context.ts'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { WordDiff } from '../../ui/WordDiff.tsx'
import { QueryFailure } from '../QueryFailure.tsx'
import { fieldName, fieldWords } from './field-words.ts'

type Props = { name: string; before: unknown; after: unknown }

const nothing = { service: 'orchestrator', sha256: '' } as const

/** What became of one field, word by word; a text that lies elsewhere is fetched first. */
export const FieldDiff = ({ name, before, after }: Props) => {
  const [was, is] = [PayloadRef.safeParse(before).data, PayloadRef.safeParse(after).data]
  return (
    <div className="mt-2 pl-5">
      <p className="mb-1 text-12 font-medium text-text-3">{fieldName(name)}</p>
      {was || is ? (
        <PayloadDiff name={name} before={was} after={is} />
      ) : (
        <WordDiff
          before={fieldWords(name, before)}
          after={fieldWords(name, after)}
          label={`Changes of ${name}`}
        />
      )}
    </div>
  )
}

const PayloadDiff = ({
  name,
  before,
  after,
}: {
  name: string
  before: PayloadRef | undefined
  after: PayloadRef | undefined
}) => {
  const was = useText(before)
  const is = useText(after)
  const failed = was.error ?? is.error
  if (failed !== null)
    return (
      <QueryFailure
        what="A text of the plan"
        error={failed}
        onRetry={() => void Promise.all([was.refetch(), is.refetch()])}
      />
    )
  if (was.data === undefined || is.data === undefined) return <Skeleton className="h-10" />
  return <WordDiff before={was.data} after={is.data} label={`Changes of ${name}`} />
}

/** Where there was none, or is none any more, it is empty. */
const useText = (payload: PayloadRef | undefined) => {
  const { http } = useApp()
  const query = useQuery({
    ...payloadTextQuery(http, payload ?? nothing),
    enabled: payload !== undefined,
  })
  return payload === undefined ? { ...query, data: '', error: null } : query
}

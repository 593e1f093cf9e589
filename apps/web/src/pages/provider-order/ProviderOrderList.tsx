import { useQuery } from '@tanstack/react-query'
import { providersQuery } from '../../api/providers.ts'
import { useApp } from '../../shell/app-context.ts'
import { OrderRow } from './OrderRow.tsx'
import { allInOrder, moveProvider, type ProviderOrder, withProvider } from './provider-order.ts'

type Props = { value: ProviderOrder; onValue: (value: ProviderOrder) => void }

/** Who is asked first, and who when that one fails: changed by buttons, so that nothing has to be dragged. */
export const ProviderOrderList = ({ value, onValue }: Props) => {
  const known = useQuery(providersQuery(useApp().http)).data?.items ?? []
  return (
    <ol aria-label="Order of providers" className="w-full rounded-6 border border-line">
      {allInOrder(value).map((name) => (
        <OrderRow
          key={name}
          name={name}
          place={value.indexOf(name)}
          count={value.length}
          known={known.find(({ provider }) => provider === name)}
          onUse={(isUsed) => onValue(withProvider(value, name, isUsed))}
          onMove={(by) => onValue(moveProvider(value, name, by))}
        />
      ))}
    </ol>
  )
}

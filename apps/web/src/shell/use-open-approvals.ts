import { useQuery } from '@tanstack/react-query'
import { openApprovalsQuery } from '../api/approvals.ts'
import { useApp } from './app-context.ts'

export const useOpenApprovals = () => useQuery(openApprovalsQuery(useApp().http))

import { lazy } from 'react'
import type { RoomUi } from '#web'
import { Building2 } from 'lucide-react'
import './accounts.css'

const AccountPage = lazy(() => import('./account.tsx').then(({ AccountPage: component }) => ({ default: component })))
const CustomerPage = lazy(() => import('./customer.tsx').then(({ CustomerPage: component }) => ({ default: component })))
const Accounts = lazy(() => import('./list.tsx').then(({ Accounts: component }) => ({ default: component })))

/** Who writes to us: businesses and their people. Slots: `account.panel` with { accountId }, `customer.panel` with { customerId }. */
export const accountsUi: RoomUi = {
  screens: [
    { path: '/accounts', component: Accounts, title: 'Accounts' },
    { path: '/accounts/:id', component: AccountPage, title: 'Account' },
    { path: '/customers/:id', component: CustomerPage, title: 'Customer' },
  ],
  rail: [{ path: '/accounts', name: 'Accounts', icon: Building2, keys: ['g c'], permission: 'account.read', order: 40 }],
}

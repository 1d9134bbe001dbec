import type { RoomUi } from '#web'
import { Building2 } from 'lucide-react'
import { AccountPage } from './account.tsx'
import './accounts.css'
import { CustomerPage } from './customer.tsx'
import { Accounts } from './list.tsx'

/** Who writes to us: businesses and their people. Slots: `account.panel` with { accountId }, `customer.panel` with { customerId }. */
export const accountsUi: RoomUi = {
  screens: [
    { path: '/accounts', component: Accounts, title: 'Accounts' },
    { path: '/accounts/:id', component: AccountPage, title: 'Account' },
    { path: '/customers/:id', component: CustomerPage, title: 'Customer' },
  ],
  rail: [{ path: '/accounts', name: 'Accounts', icon: Building2, keys: ['g c'], permission: 'account.read', order: 40 }],
}

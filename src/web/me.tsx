import { useQuery } from '@tanstack/react-query'
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { client } from './api/client.ts'

export interface Named { id: string; name: string }

/** The answer of GET /me: whoever is signed in. */
export interface MeAnswer {
  id: string
  kind: string
  name: string
  email: string | null
  roles: string[]
  permissions: string[]
  team: Named | null
  site: Named | null
  /** Null until somebody chooses one and belongs to no site: then the browser's. */
  timeZone: string | null
  presence: 'available' | 'busy' | 'away' | 'off'
  capacity: number
  totp: boolean
  passwordSet: boolean
  undoSendSeconds: number
}

export interface Me extends MeAnswer {
  may(permission: string): boolean
}

interface MeApi {
  'GET /api/v1/me': { params: Record<never, never>; query: Record<never, never>; body: undefined; answer: MeAnswer }
  'PUT /api/v1/me/presence': { params: Record<never, never>; query: Record<never, never>; body: { presence: string }; answer: unknown }
  'DELETE /api/v1/session': { params: Record<never, never>; query: Record<never, never>; body: undefined; answer: unknown }
}
export const meApi = client<MeApi>()

const MeContext = createContext<Me | null>(null)

/** Who is signed in, as a query: the frame waits for it before it draws a room's screen. */
export const useMeQuery = () => useQuery({ queryKey: ['me'], queryFn: ({ signal }) => meApi('GET /api/v1/me', { signal }) })

export function MeProvider({ answer, children }: { answer: MeAnswer; children: ReactNode }) {
  const me = useMemo(() => ({ ...answer, may: (permission: string) => answer.permissions.includes(permission) }), [answer])
  return <MeContext value={me}>{children}</MeContext>
}

/** Whoever is signed in; null on screens that stand alone (sign-in, design). */
export const useMaybeMe = (): Me | null => useContext(MeContext)

/** Whoever is signed in, and what they may: `me.may('case.reply')`. Only inside the frame. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('useMe is for screens inside the frame; on others use useMaybeMe')
  return me
}

import type { Demo, DemoState } from '../model.ts'

/** Where the sample centre is, in words. */
export const saying: Readonly<Record<DemoState, string>> = {
  absent: 'There is no sample centre here', loading: 'The sample centre is being loaded', loaded: 'This is the sample centre', removing: 'The sample centre is being removed',
  removed: 'The sample centre has been removed',
}

export const progressOf = ({ state, done, cases }: Pick<Demo, 'state' | 'done' | 'cases'>): string => {
  const counted = `${done.toLocaleString()} of ${cases.toLocaleString()} cases`
  return state === 'removing' ? `${counted} removed` : `${counted} loaded`
}

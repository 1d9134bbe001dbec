import type { Summary } from './wire.ts'

/** Whether a case still changes by hand: one that is out of sight or closed stands as it is. */
export const canChange = ({ removed, status }: Pick<Summary, 'removed' | 'status'>): boolean => removed === null && status !== 'closed'

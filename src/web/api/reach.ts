import { cell } from '../cell.ts'

/** Whether the last request reached the server. */
export const reachable = cell(true)

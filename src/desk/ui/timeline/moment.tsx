import { absolute, clock, useReader } from '#web'

/** The time of day: the line above says which day it was. */
export function Moment({ at }: { at: string }) {
  const reader = useReader()
  const moment = new Date(at)
  return <time dateTime={at} title={absolute(moment, reader)} className="figure">{clock(moment, moment, reader)}</time>
}

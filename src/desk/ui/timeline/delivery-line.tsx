import { Check, CircleAlert, Clock, Mail, TriangleAlert, Undo2 } from 'lucide-react'
import { Link, Tooltip, useMe, type Icon } from '#web'
import { useEffect, useState } from 'react'
import { takeBack } from '../composer/take-back.ts'
import type { Message } from '../wire.ts'
import { countsDown, deliveryWords, type Tone } from './delivery.ts'

const icons: Readonly<Record<Tone, Icon>> = { quiet: Check, done: Check, soon: CircleAlert, late: TriangleAlert }

/** What became of a reply of ours; while it waits, the seconds and the way back. */
export function DeliveryLine({ message, number, now }: { message: Message; number: number; now: Date }) {
  const me = useMe()
  const moment = useSeconds(message, now.getTime())
  const words = deliveryWords(message, moment)
  if (!words) return null
  const Drawn = words.secondsLeft > 0 ? Clock : message.delivery === 'sent' ? Check : message.delivery === 'waiting' || message.delivery === 'queued' ? Mail : icons[words.tone]
  return (
    <span className={`desk-delivery desk-delivery-${words.tone}`}>
      {words.tone === 'quiet' || words.tone === 'done'
        ? <Tooltip text={words.long}><span className="desk-delivery-words"><Drawn size={12} aria-hidden />{words.short}</span></Tooltip>
        : <span className="desk-delivery-words"><Drawn size={12} aria-hidden /><span><strong>{words.short}.</strong> {words.long}.{me.may('outbox.read') ? <> <Link href="/outbox">Outbox</Link></> : null}</span></span>}
      {words.secondsLeft > 0 && message.from.id === me.id ? <button type="button" className="desk-tool" onClick={() => void takeBack(number, message.id)}><Undo2 size={12} aria-hidden />Undo</button> : null}
    </span>
  )
}

/** The moment now, each second while the words count down. */
function useSeconds(message: Message, coarse: number): number {
  const [second, setSecond] = useState(() => Date.now())
  const now = Math.max(second, coarse)
  const wanted = countsDown(message, now)
  useEffect(() => {
    if (!wanted) return
    const timer = setInterval(() => setSecond(Date.now()), 500)
    return () => clearInterval(timer)
  }, [wanted])
  return now
}

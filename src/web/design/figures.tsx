import { Clock3 } from 'lucide-react'
import { Bytes, Count, Id, Money } from '../parts/figures.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { Avatar, Badge, Dot, Tag } from '../parts/marks.tsx'
import { Duration, Time } from '../parts/time.tsx'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000)

export function Marks() {
  return (
    <div className="design-stack">
      <div className="design-row">
        {([40, 32, 24, 20, 16] as const).map((size) => <Avatar key={size} name="Ana Ruiz" size={size} />)}
        {['available', 'busy', 'away', 'off'].map((presence) => <Avatar key={presence} name="Lee Chen" size={32} presence={presence} />)}
      </div>
      <div className="design-row"><Badge>New</Badge><Badge tone="info">Open</Badge><Badge tone="soon" icon={Clock3}>Breaches in 25 min</Badge><Badge tone="late">Breached 2 h ago</Badge><Badge tone="done">Solved</Badge></div>
      <div className="design-row"><Dot label="nothing yet" /><Dot tone="info" label="open" /><Dot tone="soon" label="breaches soon" /><Dot tone="late" label="breached" /><Dot tone="done" label="solved" /></div>
      <div className="design-row"><Tag>refund</Tag><Tag>bank details</Tag><Tag onRemove={() => {}}>november payouts</Tag></div>
    </div>
  )
}

export function Figures() {
  return (
    <div className="design-facts">
      <span>Time</span><span><Time at={ago(5)} /> · <Time at={ago(130)} /> · <Time at={ago(-25)} /> · <Time at={ago(60 * 24 * 40)} /></span>
      <span>In a list</span><span><Time at={ago(5)} form="short" /> · <Time at={ago(5)} form="clock" /> · <Time at={ago(60 * 26)} form="day" /></span>
      <span>In full</span><span><Time at={ago(5)} form="full" /></span>
      <span>Length</span><span><Duration ms={42_000} /> · <Duration ms={7_800_000} /> · <Duration ms={273_600_000} /></span>
      <span>Money</span><span><Money amount={1204.5} currency="USD" /> · <Money amount={1204} currency="JPY" /> · <Money amount={1204.567} currency="KWD" /> · <Money amount={-38.2} currency="MXN" /></span>
      <span>Count</span><span><Count value={12408} unit="case" /> · <Count value={3} of={12} unit="reply|replies" /></span>
      <span>Size</span><span><Bytes value={812} /> · <Bytes value={348_160} /> · <Bytes value={26_214_400} /></span>
      <span>Id</span><span><Id value="<20261104.091244.8821@mail.northwind.example>" text="20261104.0912..." label="Copy the message id" /></span>
    </div>
  )
}

export function Keys() {
  return <div className="design-row"><Kbd keys="r" /><Kbd keys="g i" /><Kbd keys="mod+Enter" /><Kbd keys="shift+h" /><Kbd keys="Escape" /><Kbd keys="ArrowDown" /><Kbd keys="?" /></div>
}

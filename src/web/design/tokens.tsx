/** Tokens as they are, read from the style sheet by their names. */

const GROUNDS = ['canvas', 'surface', 'raised', 'sunk', 'hover', 'pressed', 'selected', 'ours', 'note', 'mark']
const INKS = ['ink', 'ink-quiet', 'ink-faint', 'accent-text', 'late', 'soon', 'done', 'info']
const SOFT = ['late', 'soon', 'done', 'info']

export function Colours() {
  return (
    <div className="design-stack">
      <div className="design-swatches">
        {GROUNDS.map((name) => <div key={name} className="design-swatch"><span className="design-chip" style={{ background: `var(--${name})` }} />{name}</div>)}
        <div className="design-swatch"><span className="design-chip" style={{ background: 'var(--accent)' }} />accent</div>
        <div className="design-swatch"><span className="design-chip" style={{ background: 'none', outline: '2px solid var(--focus)', boxShadow: 'none' }} />focus</div>
      </div>
      <div className="design-inks">{INKS.map((name) => <span key={name} style={{ color: `var(--${name})` }}>{name}</span>)}</div>
      <div className="design-inks">{SOFT.map((name) => <span key={name} className={`badge badge-${name}`}>{name} on its soft ground</span>)}</div>
    </div>
  )
}

const SIZES = [['page', 24, 'Payouts of November'], ['title', 18, 'Payout of 4 Nov not received'], ['lead', 15, 'Ana Ruiz from Northwind Ltda.'], ['body', 13, 'My payout of 1,204.50 has not arrived; the portal says "paid".'], ['small', 12, 'First reply due in 25 min']] as const

export function Type() {
  return (
    <div className="design-stack">
      {SIZES.map(([name, pixels, text]) => (
        <div key={name} className="design-type"><span className="faint figure">{name} {pixels}</span><span className="one-line" style={{ fontSize: `var(--text-${name})`, fontWeight: pixels >= 18 ? 600 : 400 }}>{text}</span></div>
      ))}
      <div className="design-type"><span className="faint">weights</span><span><span style={{ fontWeight: 400 }}>Regular 400</span> <span style={{ fontWeight: 500 }}>Medium 500</span> <span style={{ fontWeight: 600 }}>Semibold 600</span></span></div>
      <div className="design-type"><span className="faint">mono</span><code>select id from payouts where status = 'failed'</code></div>
      <div className="design-type"><span className="faint">scripts</span><span>Zażółć gęślą jaźń · 日本語 · देवनागरी · العربية</span></div>
    </div>
  )
}

const SPACES = [[1, 4], [2, 8], [3, 12], [4, 16], [6, 24], [8, 32]] as const

export function Space() {
  return (
    <div className="design-stack">
      <div className="design-spaces">{SPACES.map(([name, pixels]) => <div key={name} className="design-space"><span style={{ inlineSize: `var(--space-${name})`, blockSize: `var(--space-${name})` }} /><span className="faint figure">{pixels}</span></div>)}</div>
      <div className="design-spaces">
        <div className="design-box" style={{ borderRadius: 'var(--radius-small)' }}>4</div><div className="design-box" style={{ borderRadius: 'var(--radius)' }}>6</div><div className="design-box" style={{ borderRadius: 'var(--radius-large)' }}>10</div>
        <div className="design-box" style={{ borderRadius: 'var(--radius-large)', boxShadow: 'var(--floats)', background: 'var(--raised)', border: 0 }}>floats</div>
      </div>
    </div>
  )
}

export function Layers() {
  return <ol className="design-layers">{['base', 'sticky', 'panel', 'popover', 'dialog', 'toast'].map((name) => <li key={name}>{name}</li>)}</ol>
}

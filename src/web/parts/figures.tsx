import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { locale } from './locale.ts'
import { toast } from './toasts.ts'

/** An amount in the form of its own currency: its digits after the point, its sign. `amount` counts whole units, not cents. */
export function Money({ amount, currency }: { amount: number; currency: string }) {
  return <span className="figure">{money(amount, currency)}</span>
}

/** The words of Money. */
export function money(amount: number, currency: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
  } catch {
    return `${new Intl.NumberFormat(locale).format(amount)} ${currency}`
  }
}

export interface CountProps {
  value: number
  /** What is counted, in the singular and, where an s does not do, the plural: `case`, `reply|replies`. */
  unit?: string
  /** Of how many: `3 of 12 cases`. */
  of?: number
}

/** A number with its unit and, where it is a share, its denominator. */
export function Count({ value, unit, of }: CountProps) {
  return <span className="figure">{counted(value, unit, of)}</span>
}

/** The words of Count. */
export function counted(value: number, unit?: string, of?: number): string {
  const [one = '', many = `${one}s`] = (unit ?? '').split('|')
  const number = new Intl.NumberFormat(locale)
  const figure = of === undefined ? number.format(value) : `${number.format(value)} of ${number.format(of)}`
  return unit ? `${figure} ${(of ?? value) === 1 ? one : many}` : figure
}

/** A size in bytes, in the unit in which it has one to three digits: `340 KB`. */
export function Bytes({ value }: { value: number }) {
  return <span className="figure">{bytes(value)}</span>
}

/** The words of Bytes, where no component can stand. */
export function bytes(value: number): string {
  const step = Math.min(4, value < 1 ? 0 : Math.floor(Math.log(value) / Math.log(1000)))
  const size = value / 1000 ** step
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: step > 0 && size < 10 ? 1 : 0 }).format(size)} ${['bytes', 'KB', 'MB', 'GB', 'TB'][step]}`
}

export interface IdProps {
  value: string
  /** What is shown, when the whole is too long: `#10482`, the first eight letters. */
  text?: string
  /** What it is: "Copy the message id". */
  label?: string
}

/** A name for machines: a click copies the whole of it. */
export function Id({ value, text, label = 'Copy' }: IdProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(value).then(() => { setCopied(true); setTimeout(() => setCopied(false), 1_500) }, () => toast({ text: 'The browser does not let this page copy', tone: 'late' }))
  }
  return (
    <button type="button" className="id" title={`${label}: ${value}`} onClick={(event) => { event.stopPropagation(); void copy() }}>
      <span>{text ?? value}</span>
      {copied ? <Check size={11} aria-hidden /> : <Copy size={11} aria-hidden className="id-copy" />}
      <span className="unseen" role="status">{copied ? 'copied' : ''}</span>
    </button>
  )
}

import { File, FileArchive, FileImage, FileSpreadsheet, FileText } from 'lucide-react'
import { bytes, type Icon } from '#web'
import type { Message } from '../wire.ts'

/** Files of a message, each with its kind and size; a click saves it. Pictures that the mail shows itself are left out unless they are all there is. */
export function Attachments({ message }: { message: Message }) {
  const files = message.attachments.filter(({ inline }) => !inline || message.html === null)
  if (files.length === 0) return null
  return (
    <ul className="desk-files" aria-label="Attachments">
      {files.map((file) => <li key={file.id}><FileChip file={file} href={`/api/v1/attachments/${file.id}/content`} /></li>)}
    </ul>
  )
}

interface FileWords {
  name: string
  type: string
  size: number
}

export function FileChip({ file, href }: { file: FileWords; href?: string }) {
  const Drawn = icons[sortOf(file.type)]
  const words = <><Drawn size={14} aria-hidden /><span className="desk-file-name">{file.name}</span><span className="desk-file-size">{kindOf(file)} · {bytes(file.size)}</span></>
  return href ? <a className="desk-file" href={href} download={file.name} title={file.name}>{words}</a> : <span className="desk-file" title={file.name}>{words}</span>
}

type Sort = 'picture' | 'archive' | 'sheet' | 'text' | 'other'
const icons: Readonly<Record<Sort, Icon>> = { picture: FileImage, archive: FileArchive, sheet: FileSpreadsheet, text: FileText, other: File }

function sortOf(type: string): Sort {
  if (type.startsWith('image/')) return 'picture'
  if (/zip|compressed|tar|rar/.test(type)) return 'archive'
  if (/sheet|excel|csv/.test(type)) return 'sheet'
  return /^text\/|pdf|word|document/.test(type) ? 'text' : 'other'
}

/** PDF, PNG: the ending of the name when it is one, else the second part of the type. */
export function kindOf({ name, type }: FileWords): string {
  const ending = /\.([a-z0-9]{2,5})$/i.exec(name)?.[1]
  return (ending ?? type.split('/').at(-1)?.replace(/^x-|;.*$/g, '').slice(0, 8) ?? 'file').toUpperCase()
}

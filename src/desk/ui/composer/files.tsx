import { X } from 'lucide-react'
import { FileChip } from '../timeline/attachments.tsx'
import type { FileWords } from './autosave.ts'
import type { Uploading } from './uploads.ts'

/** What goes along with a draft, and what is still on its way to the server. */
export function Files({ number, files, uploading, onDrop }: { number: number; files: readonly FileWords[]; uploading: readonly Uploading[]; onDrop: (id: string) => void }) {
  if (files.length === 0 && uploading.length === 0) return null
  return (
    <ul className="desk-files desk-files-draft" aria-label={`Attachments of the draft in case ${number}`}>
      {files.map((file) => <li key={file.id}><FileChip file={file} /><button type="button" className="desk-file-drop" aria-label={`Take off ${file.name}`} onClick={() => onDrop(file.id)}><X size={12} aria-hidden /></button></li>)}
      {uploading.map(({ key, name, share, stop }) => (
        <li key={key}>
          <span className="desk-file"><span className="desk-file-name">{name}</span><progress className="desk-file-progress" max={1} value={share} aria-label={`Uploading ${name}`} /></span>
          <button type="button" className="desk-file-drop" aria-label={`Stop uploading ${name}`} onClick={stop}><X size={12} aria-hidden /></button>
        </li>
      ))}
    </ul>
  )
}

import { Paperclip } from 'lucide-react'
import { Checkbox } from '#web'
import { useCallback, useRef, useState, type Dispatch, type SetStateAction } from 'react'
import type { FileWords } from '../composer/autosave.ts'
import { useUploads } from '../composer/uploads.ts'
import { useMessages } from '../data.ts'

/** Files of the case that go along, and new ones. */
export function FilesToSend({ number, chosen, onChange }: { number: number; chosen: readonly string[]; onChange: Dispatch<SetStateAction<readonly string[]>> }) {
  const there = (useMessages(number).data ?? []).flatMap(({ attachments }) => attachments.filter(({ inline }) => !inline))
  const [added, setAdded] = useState<readonly FileWords[]>([])
  const input = useRef<HTMLInputElement>(null)
  const arrived = useCallback((files: FileWords[]) => {
    setAdded((now) => [...now, ...files])
    onChange((now) => [...now, ...files.map(({ id }) => id)])
  }, [onChange])
  const { uploading, add } = useUploads(number, arrived)
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  return (
    <div className="side-files">
      {[...there, ...added].map(({ id, name }) => <Checkbox key={id} label={name} checked={chosen.includes(id)} onChange={() => toggle(id)} />)}
      {uploading.map(({ key, name }) => <span key={key} className="kin-detail">{name} is on its way …</span>)}
      <button type="button" className="desk-tool" onClick={() => input.current?.click()}><Paperclip size={13} aria-hidden /> Attach a file</button>
      <input ref={input} type="file" multiple hidden aria-label="Attach a file" onChange={(event) => { add([...(event.target.files ?? [])]); event.target.value = '' }} />
    </div>
  )
}

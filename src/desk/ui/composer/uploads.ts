import { ApiProblem, inWords, toast, upload } from '#web'
import { useCallback, useState } from 'react'
import { api } from '../data.ts'
import type { FileWords } from './autosave.ts'

export interface Uploading {
  key: number
  name: string
  /** Between 0 and 1. */
  share: number
  stop(): void
}

const isFile = (value: unknown): value is FileWords =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && 'name' in value && typeof value.name === 'string'
  && 'type' in value && typeof value.type === 'string' && 'size' in value && typeof value.size === 'number'

const filesIn = (answer: unknown): FileWords[] =>
  (typeof answer === 'object' && answer !== null && 'items' in answer && Array.isArray(answer.items) ? answer.items.filter(isFile) : [])

let last = 0

/** Files on their way to the server, each with its progress; those that arrived are handed over. @param arrived stays the same between draws. */
export function useUploads(number: number, arrived: (files: FileWords[]) => void) {
  const [uploading, setUploading] = useState<Uploading[]>([])
  const add = useCallback((files: readonly File[]) => {
    for (const file of files) void sendOne(file)
    async function sendOne(file: File) {
      const key = ++last
      const stopped = new AbortController()
      setUploading((now) => [...now, { key, name: file.name, share: 0, stop: () => stopped.abort() }])
      const form = new FormData()
      form.append('file', file, file.name)
      try {
        const answer = await upload(`/api/v1/cases/${number}/attachments`, form, {
          signal: stopped.signal, progress: (share) => setUploading((now) => now.map((entry) => (entry.key === key ? { ...entry, share } : entry))),
        })
        arrived(filesIn(answer))
      } catch (error) {
        if (!(error instanceof ApiProblem && error.code === 'upload.stopped')) toast({ text: `${file.name} was not attached: ${inWords(error)}`, tone: 'late' })
      } finally {
        setUploading((now) => now.filter((entry) => entry.key !== key))
      }
    }
  }, [number, arrived])
  return { uploading, add }
}

/** A file that is taken off a draft is no longer needed; one that is gone already was not either. */
export const dropFile = (number: number, id: string) => api('DELETE /api/v1/cases/:number/attachments/:id', { params: { number, id } }).catch(() => {})

import type { Enclosed } from './content.ts'
import { fieldOf, type Entity } from './entity.ts'
import { typeOf } from './kinds.ts'
import type { MailAttachment } from './model.ts'
import { cleanName, nameByType } from './names.ts'
import { oneLine } from './people.ts'
import { readWords } from './words.ts'

/** The files of a mail with the names and types that they are shown by. @param shown the Content-IDs that the HTML shows */
export async function attachmentsOf(enclosed: readonly Enclosed[], shown: ReadonlySet<string>): Promise<MailAttachment[]> {
  const names = new Map<string, number>()
  const attachments: MailAttachment[] = []
  for (const file of enclosed) {
    const contentId = contentIdOf(file.entity)
    const given = givenName(file)
    const type = await typeOf(file.content, file.type, given)
    attachments.push({ name: once(given || nameByType(type), names), type, content: file.content, contentId, inline: contentId !== null && shown.has(contentId) })
  }
  return attachments
}

function givenName({ entity, name }: Enclosed): string {
  if (name !== null && entity.shape.name === '') return cleanName(name)
  const place = fieldOf(entity, 'content-location') ?? ''
  return cleanName(entity.shape.name || (/\.\w{2,5}$/.test(place) ? readWords(place) : ''))
}

const ID_LENGTH_MAX = 900

function contentIdOf(entity: Entity): string | null {
  const id = oneLine(readWords(fieldOf(entity, 'content-id') ?? ''), ID_LENGTH_MAX).replace(/^<|>$/g, '').trim()
  return id === '' ? null : id
}

/** Two files of one name: the second is told apart by a number. */
function once(name: string, names: Map<string, number>): string {
  const count = (names.get(name.toLowerCase()) ?? 0) + 1
  names.set(name.toLowerCase(), count)
  if (count === 1) return name
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)} (${count})${name.slice(dot)}` : `${name} (${count})`
}

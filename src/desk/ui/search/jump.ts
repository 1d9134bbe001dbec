import { Search as SearchIcon, CircleDot } from 'lucide-react'
import { navigate, tellRefusal, useCommands, useMe, type Choice } from '#web'
import { soughtBy } from '../../search/model.ts'
import { api } from '../data.ts'

/** In the palette a number, an id or an address leads to its case; anything else is looked for. */

/** The case that is meant, when it is only one; else what was found. */
async function goTo(text: string): Promise<void> {
  const { items } = await api('GET /api/v1/search', { query: { q: text, limit: 2 } })
  const [first, second] = items
  const isSure = first !== undefined && !first.why.near && (first.why.reason === 'number' || second === undefined || second.why.near)
  navigate(isSure ? `/cases/${first.case.number}` : `/search?q=${encodeURIComponent(text)}`)
}

const LETTERS_MIN = 2

function choiceFor(letters: string): Choice | null {
  const text = letters.trim()
  const { number, isId, isAddress } = soughtBy(text)
  if (number !== null || isId || isAddress) return { id: 'jump', name: number === null ? `Case with ${text}` : `Case #${number}`, icon: CircleDot, perform: () => void goTo(text).catch(tellRefusal) }
  return text.length >= LETTERS_MIN ? { id: 'jump', name: `Search for “${text}”`, icon: SearchIcon, perform: () => navigate(`/search?q=${encodeURIComponent(text)}`) } : null
}

/** Draws nothing: it is there as long as the frame is. */
export function Jump() {
  const may = useMe().may('case.read')
  useCommands([{ id: 'search.jump', name: 'Go to a case', section: 'Search', words: 'number id address find', when: () => may, typed: choiceFor, perform: () => navigate('/search') }], [may])
  return null
}

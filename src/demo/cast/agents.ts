import type { Role } from '#platform'
import type { SkillKey, TeamKey } from './places.ts'

/** The people of the sample centre. Their addresses lie under a domain that nobody can own (RFC 2606). */
export interface SampleAgent {
  name: string
  team: TeamKey
  role: Exclude<Role, 'admin'>
  skills: readonly (readonly [SkillKey, number])[]
  capacity: number
  /** Hours of the day in the site's own time: from, to. */
  shift: readonly [number, number]
  /** Works Saturday and Sunday instead of Monday and Tuesday. */
  weekends: boolean
}

type Row = readonly [name: string, team: TeamKey, from: number, skills: string, weekends?: true]

// Skills as `payouts4 spanish5`: the word and the level.
const rows: readonly Row[] = [
  ['Ximena Arriaga', 'payouts-americas', 7, 'payouts4 spanish5 trust3'], ['Emiliano Robles', 'payouts-americas', 9, 'payouts3 spanish5 billing2'], ['Renata Olivares', 'payouts-americas', 12, 'payouts4 trust2 spanish5 portuguese3', true],
  ['Diego Santibáñez', 'payments-americas', 8, 'payments5 disputes4 spanish5'], ['Fernanda Quiroga', 'payments-americas', 10, 'payments3 disputes5 spanish5'], ['Mateo Luján', 'payments-americas', 13, 'payments3 disputes3 spanish5 portuguese4', true],
  ['Paola Cevallos', 'billing-americas', 8, 'billing5 spanish5'], ['Andrés Villaseñor', 'billing-americas', 10, 'billing3 payments2 spanish5'], ['Isabela Prado', 'billing-americas', 12, 'billing4 portuguese5 spanish4', true],
  ['Aoife Brennan', 'payouts-europe', 8, 'payouts5 billing2'], ['Cillian Doyle', 'payouts-europe', 9, 'payouts3 german3'], ['Marguerite Lefort', 'payouts-europe', 10, 'payouts4 french5', true],
  ['Tomasz Wilk', 'payments-europe', 8, 'payments5 disputes4 german4'], ['Niamh Gallagher', 'payments-europe', 9, 'disputes5 billing3'], ['Jonas Reinhardt', 'payments-europe', 11, 'payments4 billing2 german5', true],
  ['Priscilla Osei', 'developers-europe', 8, 'api5 connect4'], ['Lukas Brandt', 'developers-europe', 9, 'api4 connect3 german5'], ['Saoirse Nolan', 'developers-europe', 11, 'api3 connect5 french3', true],
  ['Declan Hurley', 'trust-europe', 8, 'trust5 payouts2'], ['Ines Carvalho', 'trust-europe', 9, 'trust4 portuguese5 spanish3'], ['Bríd Kavanagh', 'trust-europe', 11, 'trust3 french3', true],
  ['Ananya Rao', 'payouts-asia', 8, 'payouts4 trust3 hindi4'], ['Karthik Hegde', 'payouts-asia', 10, 'payouts5 billing3'], ['Meera Joshi', 'payouts-asia', 12, 'payouts3 trust3 hindi5', true],
  ['Rohan Deshpande', 'payments-asia', 7, 'payments4 disputes3 hindi5'], ['Lakshmi Subramanian', 'payments-asia', 9, 'payments5 disputes4'], ['Farhan Qureshi', 'payments-asia', 11, 'payments3 disputes4 hindi5'], ['Divya Nair', 'payments-asia', 13, 'payments3 disputes2 hindi3', true],
  ['Arjun Shetty', 'developers-asia', 9, 'api5 connect3'], ['Sneha Kulkarni', 'developers-asia', 11, 'api4 connect5 hindi4'], ['Vikram Bhat', 'developers-asia', 13, 'api3 connect2 hindi3', true],
]

const leads: readonly Row[] = [
  ['Lorena Castañeda', 'payouts-americas', 8, 'payouts5 trust4 spanish5'], ['Héctor Zamudio', 'payments-americas', 10, 'payments5 disputes5 spanish5'],
  ['Eoin Fitzpatrick', 'payouts-europe', 8, 'payouts5 billing4'], ['Katarzyna Nowak', 'trust-europe', 9, 'trust5 disputes4 german3'],
  ['Suresh Iyer', 'payments-asia', 8, 'payments5 disputes5 hindi4'], ['Kavitha Menon', 'developers-asia', 10, 'api5 connect5'],
]

export const agents: readonly SampleAgent[] = [
  ...leads.map((row) => agentOf(row, 'lead', 8)), ...rows.map((row) => agentOf(row, 'agent', 20)),
  agentOf(['Orla Sheridan', 'planning', 9, 'billing3'], 'analyst', 0), agentOf(['Stefan Hoyer', 'planning', 8, 'german5'], 'planner', 0), agentOf(['Grace Okafor', 'planning', 9, 'payouts3'], 'partner', 0),
]

function agentOf([name, team, from, text, weekends]: Row, role: SampleAgent['role'], capacity: number): SampleAgent {
  return { name, team, role, capacity, shift: [from, from + 9], weekends: weekends ?? false, skills: text.split(' ').map(skillOf) }
}

function skillOf(text: string): readonly [SkillKey, number] {
  const words: readonly SkillKey[] = ['payouts', 'payments', 'disputes', 'billing', 'api', 'connect', 'trust', 'spanish', 'portuguese', 'french', 'german', 'hindi']
  const word = words.find((candidate) => text.startsWith(candidate))
  if (!word) throw new Error(`"${text}" is no skill`)
  return [word, Number(text.slice(word.length))]
}

/** `ximena.arriaga@meridian.example`: nobody gets mail there. */
export const mailOf = (name: string): string => `${name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z]+/g, '.')}@meridian.example`

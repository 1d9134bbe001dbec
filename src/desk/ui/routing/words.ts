import type { Choice, Mode, Obstacle, SkillNeed } from '../../routing/model.ts'

/** Words of routing, as people read them. */

export const modeWords: Readonly<Record<Mode, string>> = { push: 'Given out', pull: 'Taken' }

const obstacleWords: Readonly<Record<Obstacle, string>> = {
  otherQueue: 'of another team', noSkill: 'without the skills', offShift: 'off shift', notAvailable: 'not available', didNotReact: 'did not react to it', full: 'full', keptFree: 'kept free for a larger case',
}

const choiceWords: Readonly<Record<Choice, string>> = {
  owner: 'answered this customer last', only: 'nobody else could take it', leastLoaded: 'has the most room', longestWithout: 'has waited longest for a case', turn: 'it is their turn',
}

const myWords: Readonly<Record<Choice, string>> = {
  owner: 'you answered this customer last', only: 'nobody else could take it', leastLoaded: 'you had the most room', longestWithout: 'you had waited longest for a case', turn: 'it was your turn',
}

const wordOf = (words: Readonly<Record<string, string>>, key: string): string | null => words[key] ?? null

/** Why somebody got a case; null when nobody did. */
export const whyWords = (why: string, mine = false): string | null => wordOf(mine ? myWords : choiceWords, why)

export const obstacleOf = (obstacle: string): string => wordOf(obstacleWords, obstacle) ?? 'not possible'

interface Others { obstacle: string; count: number }

/** "7 full, 4 without the skills": what stands against the others; those of other teams only where there is nothing else. */
export function othersInWords(others: readonly Others[]): string {
  const telling = others.filter(({ obstacle }) => obstacle !== 'otherQueue')
  return (telling.length > 0 ? telling : others).map(({ obstacle, count }) => `${count} ${obstacleOf(obstacle)}`).join(', ')
}

/** "Spanish 3+" */
export const needInWords = (need: Pick<SkillNeed, 'skillId' | 'level'>, skills: readonly { id: string; name: string }[]): string =>
  `${skills.find(({ id }) => id === need.skillId)?.name ?? 'A skill'}${need.level > 1 ? ` ${need.level}+` : ''}`

export const sourceWords: Readonly<Record<SkillNeed['source'], string>> = { queue: 'of the queue', topic: 'of the topic', language: 'of the customer’s language', case: 'of this case' }

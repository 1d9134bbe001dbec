import { expect, test } from 'vitest'
import { patienceStandard, pulled, rulesStandard } from '../../routing/model.ts'
import { agentsInOrder, differenceOf, placeAll } from './board-model.ts'
import type { Board, BoardAgent, BoardCase, BoardQueue } from './data.ts'
import { needInWords, othersInWords, whyWords } from './words.ts'

const AT = '2026-03-02T10:00:00.000Z'
const NOW = Date.parse(AT)
const agent = (id: string, given: Partial<BoardAgent> = {}): BoardAgent =>
  ({ id, name: id, teamId: null, team: null, admin: false, presence: 'available', presenceAt: 0, onShift: true, skills: {}, load: 0, capacity: 1, lastAssignedAt: null, ...given })
const found = (number: number, given: Partial<BoardCase> = {}): BoardCase =>
  ({ id: `c${number}`, number, version: 1, queueId: 'pushed', priority: 'normal', channel: 'email', dueAt: null, waitingSince: NOW - number, queuedAt: NOW - number, needs: [], ownerId: null, missed: [], subject: `Case ${number}`, ...given })
const queue = (queueId: string, mode: 'push' | 'pull', waiting: number): BoardQueue => ({ ...pulled(queueId), mode, key: queueId, name: queueId, teams: [], weights: {}, needs: [], version: 1, waiting })
const board = (given: Partial<Board> = {}): Board => ({
  at: AT, rules: { ...rulesStandard, patienceMinutes: { ...patienceStandard } }, skills: [], queues: [queue('pulled', 'pull', 1), queue('pushed', 'push', 2), queue('idle', 'pull', 0)],
  agents: [agent('ana'), agent('ben')], cases: [found(1), found(2), found(3, { queueId: 'pulled' })], ...given,
})

test('queues that give out come first, each with its cases in order and who gets them; pulled ones say who would be best; idle ones are left out', () => {
  const shown = placeAll(board())
  expect(shown.map(({ queue: { key }, cases }) => [key, cases.map((placed) => placed.found.number)])).toEqual([['pushed', [2, 1]], ['pulled', [3]]])
  expect(shown[0]!.cases.map(({ decision }) => decision.agentId).toSorted()).toEqual(['ana', 'ben'])
  expect(shown[1]!.cases[0]!.decision.agentId).not.toBeNull()
})

test('what would be if somebody went or came', () => {
  const now = placeAll(board())
  const first = now[0]!.cases[0]!.decision.agentId!
  expect(differenceOf(now, placeAll(board(), new Map([[first, 'off']])))).toEqual({ moved: 1, lost: 1, gained: 0 })
  const lonely = board({ agents: [agent('ana', { presence: 'off', onShift: false })] })
  expect(differenceOf(placeAll(lonely), placeAll(lonely, new Map([['ana', 'available']])))).toEqual({ moved: 0, lost: 0, gained: 1 })
})

test('people stand by whether they are there, then by how full they are', () => {
  expect(agentsInOrder([agent('off', { presence: 'off' }), agent('free'), agent('full', { load: 1 }), agent('busy', { presence: 'busy' })]).map(({ id }) => id)).toEqual(['full', 'free', 'busy', 'off'])
})

test('words', () => {
  expect(othersInWords([{ obstacle: 'otherQueue', count: 9 }, { obstacle: 'full', count: 7 }, { obstacle: 'noSkill', count: 4 }])).toBe('7 full, 4 without the skills')
  expect(othersInWords([{ obstacle: 'otherQueue', count: 9 }])).toBe('9 of another team')
  expect([whyWords('owner'), whyWords('owner', true), whyWords('nobody')]).toEqual(['answered this customer last', 'you answered this customer last', null])
  expect([needInWords({ skillId: 's', level: 3 }, [{ id: 's', name: 'Spanish' }]), needInWords({ skillId: 's', level: 1 }, [])]).toEqual(['Spanish 3+', 'A skill'])
})

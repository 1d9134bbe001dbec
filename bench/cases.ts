import type { Ground } from './ground.ts'

/** Opens so many cases through the API, eight at a time. @returns their numbers. */
export async function openCases({ program, token }: Pick<Ground, 'program' | 'token'>, count: number): Promise<number[]> {
  const numbers: number[] = []
  let next = 0
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next < count) {
      const turn = next++
      const response = await fetch(`${program.url}/api/v1/cases`, {
        method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ subject: `Question ${turn} about a payout`, body: `Where is payout ${turn}?`, customer: { email: `before${turn}@example.com`, name: `Customer ${turn}` } }),
      })
      const opened: { number: number } = await response.json()
      if (!response.ok) throw new Error(`a case was refused with ${response.status}`)
      numbers.push(opened.number)
    }
  }))
  return numbers.sort((a, b) => a - b)
}

/** What is being written in side conversations, kept while one looks elsewhere: by conversation, on this screen. */
const texts = new Map<string, string>()

export const keptText = (side: string): string => texts.get(side) ?? ''
export function keepText(side: string, text: string): void {
  if (text === '') texts.delete(side)
  else texts.set(side, text)
}

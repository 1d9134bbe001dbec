/** How much may be under way on a listener at once: a stranger can open conversations and leave mails unfinished at no cost. */
export interface Crowd {
  /** @returns false when this sender's address has as many conversations as one may have. */
  enter(conversation: string, address: string): boolean
  leave(conversation: string): void
  /** Takes memory for bytes that came. @returns false when mails under way hold as much as they may together. */
  hold(bytes: number): boolean
  release(bytes: number): void
}

export interface CrowdLimits {
  conversationsOfOneMax: number
  heldBytesMax: number
}

/** Counts conversations and bytes; nothing is remembered of either once it is over. */
export function openCrowd({ conversationsOfOneMax, heldBytesMax }: CrowdLimits): Crowd {
  const addresses = new Map<string, string>()
  const counts = new Map<string, number>()
  let held = 0
  return {
    enter: (conversation, address) => {
      const count = counts.get(address) ?? 0
      if (count >= conversationsOfOneMax) return false
      addresses.set(conversation, address)
      counts.set(address, count + 1)
      return true
    },
    leave: (conversation) => {
      const address = addresses.get(conversation)
      if (address === undefined || !addresses.delete(conversation)) return
      const count = (counts.get(address) ?? 1) - 1
      if (count > 0) counts.set(address, count)
      else counts.delete(address)
    },
    hold: (bytes) => {
      if (held + bytes > heldBytesMax) return false
      held += bytes
      return true
    },
    release: (bytes) => { held -= bytes },
  }
}

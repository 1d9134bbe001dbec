import { useState } from 'react'

interface HtmlFrameProps {
  number: number
  id: string
  images: boolean
  /** The mail as plain text, from which its height is guessed. */
  text: string
}

/**
 * A mail as it was formatted. Nothing in the frame can run, and its document is of nobody's origin, so that nobody can look into it either:
 * its height is guessed from its text, and the reader can make it higher.
 */
export function HtmlFrame({ number, id, images, text }: HtmlFrameProps) {
  const [high, setHigh] = useState(false)
  const height = high ? HEIGHT_MAX : guessedHeight(text)
  return (
    <>
      <iframe
        className="desk-frame" title="The mail as it was formatted" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerPolicy="no-referrer"
        src={`/api/v1/cases/${number}/messages/${id}/html?images=${images ? 1 : 0}`} height={height}
      />
      {height < HEIGHT_MAX ? <button type="button" className="desk-tool" onClick={() => setHigh(true)}>Show more of it</button> : null}
    </>
  )
}

const [HEIGHT_MIN, HEIGHT_MAX] = [96, 760]
const [LINE, LETTERS_A_LINE, MARGINS] = [21, 78, 40]

/** As high as the text would be, with some air for what is around it. */
export function guessedHeight(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / LETTERS_A_LINE)), 0)
  return Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, Math.round(lines * LINE * 1.25) + MARGINS))
}

/** Whether pictures of a mail lie elsewhere: the server marks each that it does not show. */
export const hasRemoteImages = (html: string | null): boolean => html !== null && html.includes('data-remote-src')

import { useCallback, useEffect, useRef, useState } from 'react'

interface HtmlFrameProps {
  number: number
  id: string
  images: boolean
}

/**
 * A mail as it was formatted. Nothing in the frame can run (no allow-scripts, and the document's own policy says the same); it is of our
 * origin only so that its height can be read from outside.
 */
export function HtmlFrame({ number, id, images }: HtmlFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(HEIGHT_MIN)
  const sizes = useRef<ResizeObserver | null>(null)
  const measure = useCallback(() => {
    const page = frame.current?.contentDocument?.documentElement
    if (page) setHeight(Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, Math.ceil(page.getBoundingClientRect().height))))
    else setHeight(HEIGHT_BLIND)
  }, [])
  const loaded = useCallback(() => {
    sizes.current?.disconnect()
    measure()
    const page = frame.current?.contentDocument?.documentElement
    if (!page) return
    sizes.current = new ResizeObserver(measure)
    sizes.current.observe(page)
  }, [measure])
  useEffect(() => () => sizes.current?.disconnect(), [])
  return (
    <iframe
      ref={frame} className="desk-frame" title="The mail as it was formatted" sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" loading="lazy" referrerPolicy="no-referrer"
      src={`/api/v1/cases/${number}/messages/${id}/html?images=${images ? 1 : 0}`} height={height} onLoad={loaded}
    />
  )
}

const HEIGHT_MIN = 32
/** A mail that claims to be a mile high scrolls inside of its frame. */
const HEIGHT_MAX = 6_000
/** Where the height cannot be read. */
const HEIGHT_BLIND = 420

/** Whether pictures of a mail lie elsewhere: the server marks each that it does not show. */
export const hasRemoteImages = (html: string | null): boolean => html !== null && html.includes('data-remote-src')

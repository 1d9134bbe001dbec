import { Button } from '#web'
import { RotateCw, Terminal } from 'lucide-react'
import { Door } from './door.tsx'

/** Nobody can sign in yet: says where the link of the first administrator is. */
export function FirstRun({ again }: { again: () => void }) {
  return (
    <Door wide title="Welcome to Meridian" says="Nobody can sign in here yet. The first administrator gets in by a one-time link, which only those can see who run the program.">
      <ol className="people-steps">
        <li><p>Look at what the program printed when it started.</p><pre className="people-terminal" aria-label="What the program prints"><Terminal size={13} aria-hidden /> ready {window.location.origin}{'\n'}... this link does it, once:{'\n'}{window.location.origin}/sign-in/link#token=...</pre></li>
        <li>Open that link in this browser. It asks for your name, your mail address and a password.</li>
        <li>The link is gone, or older than a day? Start the program again: it prints a new one.</li>
      </ol>
      <Button icon={RotateCw} onClick={again}>I have set it up: sign in</Button>
    </Door>
  )
}

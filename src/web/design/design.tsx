import type { ComponentType } from 'react'
import { Contrast, Rows3 } from 'lucide-react'
import { useCommands } from '../commands/use.ts'
import { IconButton } from '../parts/button.tsx'
import { Link } from '../routing.ts'
import { density, theme } from '../theme.ts'
import './design.css'
import { Choices, Fields, Presses } from './controls.tsx'
import { Figures, Keys, Marks } from './figures.tsx'
import { Floats } from './floats.tsx'
import { Lists, Tables } from './lists.tsx'
import { Headings, States } from './states.tsx'
import { Colours, Layers, Space, Type } from './tokens.tsx'

interface Specimen { name: string; about: string; component: ComponentType }

const SPECIMENS: readonly Specimen[] = [
  { name: 'Colours', about: 'By meaning. Red is late or refused, amber soon or uncertain, green done, blue acts; each goes with a word or a shape.', component: Colours },
  { name: 'Type', about: 'The system\'s own letters in five sizes and three weights. Tabular figures.', component: Type },
  { name: 'Space and shape', about: 'A grid of 4 px, rows of 32 or 40 px, corners of 6 px; only what floats has a shadow.', component: Space },
  { name: 'Layers', about: 'By name, each above the one before.', component: Layers },
  { name: 'Buttons', about: 'One primary action on a screen. Rest, under the pointer, focused, off, busy.', component: Presses },
  { name: 'Fields', about: 'A label, what is asked for, what is wrong.', component: Fields },
  { name: 'Choices', about: 'Short lists, long lists, yes and no.', component: Choices },
  { name: 'What floats', about: 'Menus, tooltips, dialogs; these open in the theme of the page.', component: Floats },
  { name: 'Marks', about: 'People, states, tags.', component: Marks },
  { name: 'Figures', about: 'Time, money, counts and ids, each always in the same form. Hover shows the whole; ids copy.', component: Figures },
  { name: 'Keys', about: 'The first way to do things.', component: Keys },
  { name: 'Lists', about: 'Ten thousand rows, j and k. New rows wait above the list.', component: Lists },
  { name: 'Tables', about: 'Numbers at the right; heads sort.', component: Tables },
  { name: 'Headings', about: 'A page, its sections, its views.', component: Headings },
  { name: 'Nothing, not yet, not at all', about: 'Empty is a beginning; skeletons have the true shape; a problem says what and why.', component: States },
]

/** Every token and every part, light beside dark. Needs no data and no sign-in. */
export default function Design() {
  useCommands([
    { id: 'theme.toggle', name: 'Theme of the page', keys: ['t'], perform: () => theme.set((now) => (now === 'dark' ? 'light' : 'dark')) },
    { id: 'density.toggle', name: 'Compact or comfortable rows', keys: ['d'], perform: () => density.set((now) => (now === 'compact' ? 'comfortable' : 'compact')) },
  ], [])
  return (
    <main className="design">
      <header className="design-head">
        <div>
          <h1 className="page-title">Design</h1>
          <p className="page-detail">What the screens of Meridian are made of. Calm, dense, fast: the work is the loudest thing on the screen. <Link href="/">To the program</Link></p>
        </div>
        <div className="page-actions"><IconButton icon={Contrast} command="theme.toggle" /><IconButton icon={Rows3} command="density.toggle" /></div>
      </header>
      {SPECIMENS.map(({ name, about, component: Shown }) => (
        <section key={name} className="design-section" aria-labelledby={`design-${name}`}>
          <header className="design-about"><h2 id={`design-${name}`}>{name}</h2><p>{about}</p></header>
          <div className="design-panes">
            <div className="design-pane" data-theme="light"><Shown /></div>
            <div className="design-pane" data-theme="dark"><Shown /></div>
          </div>
        </section>
      ))}
    </main>
  )
}

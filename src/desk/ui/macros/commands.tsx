import { TextQuote, Workflow, Zap } from 'lucide-react'
import { navigate, useCommands, useMe, useQueryClient, type Choice } from '#web'
import { lazy, Suspense, useState } from 'react'
import { textOf } from '../../macros/model.ts'
import { offer } from '../composer/slash.ts'
import type { Case, Visibility } from '../wire.ts'
import { macrosNow, useMacros, type Macro } from './data.ts'
import { bring } from './pending.ts'

const MacroDialog = lazy(() => import('./macro-dialog.tsx').then((module) => ({ default: module.MacroDialog })))

/** Snippets and macros of a case by key: what writes goes into the reply, what only does something shows first what. */
export function MacroCommands({ view, works, begin }: { view: Case; works: boolean; begin: (visibility: Visibility) => void }) {
  const [queries, may] = [useQueryClient(), useMe().may('macro.read')]
  // Read ahead, so that the picker has them with the key.
  useMacros()
  const [applying, setApplying] = useState<Macro | null>(null)
  const choose = (macro: Macro) => {
    if (textOf(macro.actions) === '') return setApplying(macro)
    begin('public')
    bring(view.number, macro)
  }
  const choices = async (): Promise<Choice[]> => {
    const place = { topic: view.topic?.key ?? null, queueId: view.queue.id }
    const macros = offer(await macrosNow(queries), '', place, 500).map((macro): Choice => ({ id: macro.id, name: macro.title, detail: `/${macro.name}${macro.folder ? ` · ${macro.folder}` : ''}`, icon: macro.kind === 'snippet' ? TextQuote : Workflow, perform: () => choose(macro) }))
    return macros.length > 0 ? macros : [{ id: 'library', name: 'Write the first one …', perform: () => navigate('/macros/new') }]
  }
  useCommands([
    { id: 'case.macro', name: 'Use a macro or a snippet', keys: ['m'], section: 'Write', icon: Zap, words: 'canned response template', question: 'Which macro or snippet?', when: () => works && may, choices },
  ], [view, works, may, queries, begin])
  return applying ? <Suspense><MacroDialog view={view} macro={applying} onClose={() => setApplying(null)} /></Suspense> : null
}

import { rulesChanged } from '#desk'
import { removeDemoPeople } from '#people'
import { system, type Perform, type Work } from '#platform'
import type { Demo } from './model.ts'
import { refuse } from './refusals.ts'
import { deleteCases, deleteClientele, deletePlaces, deletePromises, findDemo, lockDemo, saveDemo, type Gone } from './store.ts'

/** Asks for the sample centre to be taken out; a job does it. @throws demo.absent, demo.busy */
export async function askForRemoval(work: Work): Promise<Demo> {
  const demo = await lockDemo(work.tx)
  if (demo.state === 'absent' || demo.state === 'removed') throw refuse('demo.absent')
  if (demo.state !== 'loaded') throw refuse('demo.busy')
  const next: Demo = { ...demo, state: 'removing', done: 0 }
  await saveDemo(work.tx, next, `${work.actor.kind}:${work.actor.id}`)
  work.enqueue({ name: 'demo.remove', payload: {}, key: 'demo.remove' })
  work.tell('demo', { kind: 'demo.removalAsked', subject: 'demo:centre', data: { cases: demo.cases } })
  return next
}

const CASES_AT_ONCE = 100

/**
 * Takes out everything that is marked as the sample centre's, and what has been done to it since: its cases, customers, accounts, queues,
 * topics and people. What real work refers to stays and loses the mark. The facts in the log stay, as the log is append-only.
 */
export async function removeSampleCentre(perform: Perform, progress: (cases: number) => Promise<void> = async () => {}): Promise<Gone> {
  const remover = system('demo.remove')
  let cases = 0
  for (let gone = CASES_AT_ONCE; gone === CASES_AT_ONCE;) {
    gone = await perform(remover, (work) => deleteCases(work.tx, CASES_AT_ONCE))
    cases += gone
    await progress(cases)
  }
  return perform(remover, async (work) => {
    const demo = await findDemo(work.tx)
    const clientele = await deleteClientele(work.tx, demo)
    if (await deletePromises(work.tx)) await rulesChanged(work, 'policy')
    const places = await deletePlaces(work.tx, demo)
    await removeDemoPeople(work)
    const gone = { cases, ...clientele, ...places }
    await saveDemo(work.tx, { ...demo, state: 'removed', done: cases }, 'system:demo.remove')
    work.tell('demo', { kind: 'demo.removed', subject: 'demo:centre', data: { ...gone } })
    return gone
  })
}

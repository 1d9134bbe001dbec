import { changeRule, createRule } from '#desk'
import { system, type Perform } from '#platform'
import { markRule } from '../store.ts'

type Rule = Parameters<typeof createRule>[1]

/** What the sample centre lets the program do by itself, and one rule that nobody has switched on yet: to be tried first. */
const rules: readonly { rule: Rule; active: boolean }[] = [
  { active: true, rule: { name: 'Large businesses first', trigger: { on: ['opened'] }, condition: 'segment:enterprise priority:low,normal', actions: [{ do: 'priority', to: 'high' }, { do: 'tag', add: ['enterprise'] }], last: false } },
  { active: true, rule: { name: 'A broken promise is seen by leads', trigger: { on: ['breached'] }, condition: '-tag:promise-broken', actions: [{ do: 'tag', add: ['promise-broken'] }], last: false } },
  {
    active: false, rule: {
      name: 'Remind customers who do not answer', trigger: { after: 4 * 1440, since: 'status' }, condition: 'status:pending -tag:reminded',
      actions: [{ do: 'reply', body: 'Hello {{customer.firstName}},\n\nwe still need your answer before we can go on with {{case.subject}}. If it has settled itself, you need not do anything: we close the case in a week.' }, { do: 'tag', add: ['reminded'] }], last: true,
    },
  },
]

export async function writeRules(perform: Perform, at: Date): Promise<void> {
  for (const { rule, active } of rules) {
    await perform(system('sample centre'), async (work) => {
      const { id } = await createRule(work, rule)
      if (active) await changeRule(work, id, { active: true })
      await markRule(work.tx, id)
    }, at)
  }
}

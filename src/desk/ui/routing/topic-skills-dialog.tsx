import { Button, Dialog, Form, queries } from '#web'
import { useState } from 'react'
import { api } from '../data.ts'
import type { Topic } from '../wire.ts'
import type { NeedBody, Skill } from './data.ts'
import { NeedsEditor } from './needs-editor.tsx'

/** Which skills cases of a topic ask for. */
export function TopicSkillsDialog({ topic, needs, skills, onClose }: { topic: Topic; needs: NeedBody[]; skills: readonly Skill[]; onClose: () => void }) {
  const [asked, setAsked] = useState(needs)
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const submit = () => {
    setBusy(true)
    api('PUT /api/v1/topics/:key/skills', { params: { key: topic.key }, body: { skills: asked } }).then(() => queries.invalidateQueries({ queryKey: ['topics'] })).then(onClose, setProblem).finally(() => setBusy(false))
  }
  return (
    <Dialog open onClose={onClose} title={topic.title}>
      <Form onSubmit={submit} problem={problem} actions={<><Button variant="quiet" onClick={onClose}>Cancel</Button><Button variant="primary" type="submit" busy={busy}>Save</Button></>}>
        <NeedsEditor needs={asked} onChange={setAsked} skills={skills} />
      </Form>
    </Dialog>
  )
}

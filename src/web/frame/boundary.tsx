import { Component, type ReactNode } from 'react'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/states.tsx'

const NOTHING: unknown = null

/** A fault in one screen leaves the frame standing. Another place (`at`) begins anew. */
export class Boundary extends Component<{ at: string; children: ReactNode }, { fault: unknown; at: string }> {
  override state = { fault: NOTHING, at: this.props.at }

  static getDerivedStateFromError(fault: unknown) {
    return { fault }
  }

  static getDerivedStateFromProps(props: { at: string }, state: { at: string }) {
    return props.at === state.at ? null : { at: props.at, fault: null }
  }

  override render() {
    if (this.state.fault === null) return this.props.children
    return (
      <div className="page-middle" role="alert">
        <Empty title="This screen ran into a fault" action={<Button variant="primary" onClick={() => window.location.reload()}>Reload</Button>}>
          Nothing is lost: what was saved is on the server. If it happens again, tell your administrator what you did before.
        </Empty>
      </div>
    )
  }
}

/** The shape of the screen before anything is known; the same as in index.html, so that nothing jumps when the program takes over. */
export const FrameSkeleton = () => (
  <div className="first" role="status" aria-label="Meridian is loading">
    <div className="first-rail" /><div className="first-list" /><div className="first-detail" />
  </div>
)

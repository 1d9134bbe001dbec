/** Ids that come in the order of time, as the program's own do, and are the same in every run. */
export function makeIds() {
  let count = 0
  return (at: number): string => {
    const [time, tail] = [at.toString(16).padStart(12, '0'), (count++).toString(16).padStart(15, '0')]
    return `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(0, 3)}-8${tail.slice(3, 6)}-${tail.slice(6)}000`
  }
}

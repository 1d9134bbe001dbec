/** Text with lines that may be joined again (RFC 3676, format=flowed), each with its marks of quoting. */
export function unflow(text: string, deleteSpace: boolean): string {
  const lines: string[] = []
  let paragraph: string[] = []
  let depth = -1
  const finish = () => {
    if (depth !== -1) lines.push(`${depth > 0 ? `${'>'.repeat(depth)} ` : ''}${paragraph.join('')}`)
    paragraph = []
    depth = -1
  }
  for (const line of text.split('\n')) {
    const marks = /^>*/.exec(line)?.[0].length ?? 0
    const content = line.slice(marks).replace(/^ /, '')
    if (marks !== depth) finish()
    depth = marks
    const soft = content.endsWith(' ') && content !== '-- '
    if (content === '-- ' && paragraph.length > 0) {
      finish()
      depth = marks
    }
    paragraph.push(soft && deleteSpace ? content.slice(0, -1) : content)
    if (!soft) finish()
  }
  finish()
  return lines.join('\n')
}

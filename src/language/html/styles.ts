/** What of a style attribute may stay: how text looks, never where it stands or what it fetches. */

const properties = new Set([
  'color', 'background-color', 'background', 'font', 'font-family', 'font-size', 'font-style', 'font-weight', 'font-variant', 'line-height', 'letter-spacing', 'text-align', 'text-decoration', 'text-indent', 'text-transform',
  'vertical-align', 'white-space', 'word-break', 'overflow-wrap', 'word-wrap', 'direction', 'list-style', 'list-style-type',
  'margin', 'margin-top', 'margin-right', 'margin-bottom', 'margin-left', 'padding', 'padding-top', 'padding-right', 'padding-bottom', 'padding-left',
  'border', 'border-top', 'border-right', 'border-bottom', 'border-left', 'border-color', 'border-style', 'border-width', 'border-collapse', 'border-spacing', 'border-radius',
  'width', 'max-width', 'min-width', 'height', 'max-height', 'min-height', 'display', 'table-layout', 'caption-side', 'empty-cells', 'float', 'clear',
])

/** Words, numbers with units, colours, quoted names. No backslash, no at sign, no colon, and of functions only those that make a colour. */
const value = /^(?:[\w\s#%.,+!"'-]|(?:rgba?|hsla?)\([\d\s.,%/]*\))*$/
/** Text that is there and cannot be seen is shown: it can only mislead. */
const hiding = /^(?:display:none|font-size:0(?:px|pt|em|%)?|(?:max-)?height:0(?:px)?|(?:max-)?width:0(?:px)?)$/
const VALUE_LENGTH_MAX = 200
const STYLE_LENGTH_MAX = 4_000

/** The declarations that are safe to apply, joined as a style attribute. */
export function safeStyle(style: string): string {
  if (style.length > STYLE_LENGTH_MAX) return ''
  return declarationsOf(style).join(';')
}

const declarationsOf = (style: string): string[] =>
  style.split(';').flatMap((declaration) => {
    const colon = declaration.indexOf(':')
    const [property, content] = [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim()]
    if (colon < 1 || !properties.has(property) || content === '' || content.length > VALUE_LENGTH_MAX || !value.test(content)) return []
    if (!balanced(content)) return []
    const kept = `${property}:${content}`
    return hiding.test(kept.replace(/\s|!important/gi, '').toLowerCase()) ? [] : [kept]
  })

/** A quote that does not end would take what follows into it. */
const balanced = (content: string): boolean => (content.match(/"/g)?.length ?? 0) % 2 === 0 && (content.match(/'/g)?.length ?? 0) % 2 === 0

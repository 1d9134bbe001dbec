/** The query language: one for the search box, views, bulk selection, and the conditions of policies and rules. Also runs in the browser. */
export { fields, sortWords, timeField, type FieldInfo, type Named, type SortWord, type TimeField } from './fields.ts'
export { asksForMerged, asksForRemoved, holds, needsTexts, type QueryContext, type QuerySubject } from './holds.ts'
export { parseQuery, QUERY_LENGTH_MAX, spotsIn, type ParsedQuery, type Spot } from './parse.ts'
export { durationMs, spanOf, within, type Span } from './spans.ts'
export {
  asksFor, fieldNames, isFieldTerm, isTextTerm, termsOf, type Field, type FieldTerm, type ProblemCode, type Query, type QueryProblem, type Term, type TextTerm,
} from './terms.ts'
export { foldText, standsIn, wordsIn } from './text.ts'
export { writeQuery, writeValue } from './write.ts'

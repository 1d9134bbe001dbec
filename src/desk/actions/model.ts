/** What can be done to a case, as data, and what it would change. Also runs in the browser. */
export { deeds, minutesWords, planOf, wordsOf, type ActionNames, type CaseAction, type Deed, type Plan } from './action.ts'
export { changesBetween, previewOf, type ActionPreview, type ActionRefusal, type ActionSubject, type ChangedField, type FieldChange, type PreviewContext } from './preview.ts'

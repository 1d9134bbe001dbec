import { Type, type TSchema } from 'typebox'

/** Words that the routes' schemas share. */

/** A Date in the program, ISO 8601 UTC on the wire. */
export const Instant = Type.Unsafe<Date>(Type.String({ format: 'date-time' }))
export const Uuid = Type.String({ format: 'uuid' })
/** The thing, or null where there is none. */
export const Nullable = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const Version = Type.Integer({ minimum: 1 })
export const Limit = Type.Integer({ minimum: 1, maximum: 200, default: 50 })
export const Cursor = Type.String({ maxLength: 500 })
export const PageQuery = { limit: Type.Optional(Limit), cursor: Type.Optional(Cursor) }
/** A page of a list, and the cursor of the next one; null at the end. */
export const PageOf = <S extends TSchema>(item: S) => Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) })
export const Nothing = Type.Object({})
export const AnyRecord = Type.Record(Type.String(), Type.Unknown())
/** One line of text: no control characters, so that it can stand in a mail header and in a list. */
export const Line = (lengthMax: number, lengthMin = 1) => Type.String({ minLength: lengthMin, maxLength: lengthMax, pattern: '^[^\\u0000-\\u001f\\u007f]*$' })
/** Text of several lines. */
export const Prose = (lengthMax: number, lengthMin = 1) => Type.String({ minLength: lengthMin, maxLength: lengthMax, pattern: '^[^\\u0000]*$' })
export const strict = { additionalProperties: false }

/** Numbers as the wire declares them. All are JavaScript numbers; the names only tell the schema generator their range. */

/** 0 to 65,535. */
export type Uint16 = number;
/** 0 to 4,294,967,295. */
export type Uint32 = number;
/** A non-negative integer; exact up to 2^53. */
export type Uint64 = number;
/** A count or a line number: a non-negative integer. */
export type Uint = number;
/** A signed 32-bit integer. */
export type Int32 = number;
/** A signed integer; exact up to 2^53. */
export type Int64 = number;
/** A single-precision number. */
export type Float = number;
/** A double-precision number. */
export type Double = number;

/** What a check is. */

import type { WireSchema } from "./wire-schema.js";

/** @returns the value: the same one unless something had to be filled in; throws {@link WireFormatError} */
export type Check = (value: unknown) => unknown;

/** Makes checks; `name` is the type's name in messages. */
export type CheckMaker = (schema: WireSchema, name: string) => Check;

/** @returns whether the value is a JSON object */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

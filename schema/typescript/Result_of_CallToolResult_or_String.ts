// GENERATED CODE! DO NOT MODIFY BY HAND!

import type { CallToolResult } from "./CallToolResult";

/** A call's result: exactly one of the two keys. */
export type Result_of_CallToolResult_or_String = {
  Ok: CallToolResult,
} | {
  Err: string,
};

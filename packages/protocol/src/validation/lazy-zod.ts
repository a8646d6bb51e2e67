/** What the generated zod modules are made with. */

import * as z from "zod";

/** Builds a schema at the first call and gives the same one ever after. */
export type LazySchema<Output> = () => z.ZodType<Output>;

/** @param build called at most once */
export function lazily<Output>(build: () => z.ZodType<Output>): LazySchema<Output> {
  let schema: z.ZodType<Output> | undefined;
  return () => (schema ??= build());
}

/** An integer within inclusive bounds. zod's own integers end at 2^53, those of the wire do not. */
export function integer(least: number, most: number): z.ZodType<number> {
  return z.number().multipleOf(1).gte(least).lte(most);
}

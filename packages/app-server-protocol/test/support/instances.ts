/** Makes values from a JSON Schema (the subset that published schemas use), the same ones each time. */

/** A JSON Schema as ajv takes it. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  minimum?: number;
  items?: JsonSchema | true;
  properties?: Record<string, JsonSchema | true>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  definitions?: Record<string, JsonSchema>;
  default?: unknown;
}

/** How many members that may be absent are there. */
type Optional = "all" | "none" | "some";

/**
 * @param schema the schema of the values
 * @param document where its references point to
 * @param least at least so many; unions get more, so that each alternative comes up
 */
export function* instances(schema: JsonSchema, document: JsonSchema, least: number): Generator<unknown> {
  const alternatives = schema.oneOf?.length ?? schema.anyOf?.length ?? 1;
  const count = Math.max(least, alternatives * 3);
  for (let index = 0; index < count; index++) {
    const optional = (["all", "none", "some"] as const)[index % 3] ?? "some";
    yield new Maker(document, optional, index).make(schema, 0);
  }
}

class Maker {
  readonly #document: JsonSchema;
  readonly #optional: Optional;
  #state: number;

  constructor(document: JsonSchema, optional: Optional, seed: number) {
    this.#document = document;
    this.#optional = optional;
    this.#state = (seed + 1) * 2_654_435_761;
    // the first choices walk through the alternatives of the outermost union
    this.#turns = Math.floor(seed / 3);
  }

  #turns: number;

  make(schema: JsonSchema | true, depth: number): unknown {
    if (schema === true) return this.#anything(depth);
    if (schema.$ref !== undefined) return this.make(this.#resolve(schema.$ref), depth);
    const [only] = schema.allOf ?? [];
    if (only !== undefined) return this.make(only, depth);
    const alternatives = schema.oneOf ?? schema.anyOf;
    if (alternatives !== undefined) return this.make(this.#choose(alternatives, depth), depth);
    if (schema.enum !== undefined) return schema.enum[this.#below(schema.enum.length)];
    const types = [schema.type ?? []].flat();
    if (types.length === 0) return this.#anything(depth);
    return this.#ofType(depth > 8 && types.includes("null") ? "null" : types[this.#below(types.length)], schema, depth);
  }

  #ofType(type: string | undefined, schema: JsonSchema, depth: number): unknown {
    switch (type) {
      case "string":
        return ["", "text", 'zwei Wörter\n\t"‘', "\u0000\ud83d\ude00"][this.#below(4)];
      case "boolean":
        return this.#below(2) === 0;
      case "integer":
        return this.#integer(schema);
      case "number":
        return [0, 1.5, -2.25, 100][this.#below(4)];
      case "array":
        return Array.from({ length: depth > 8 ? 0 : this.#below(3) }, () => this.make(schema.items ?? true, depth + 1));
      case "object":
        return this.#object(schema, depth);
      default:
        return null;
    }
  }

  #integer(schema: JsonSchema): number {
    const range = { uint16: [0, 65_535], uint32: [0, 4_294_967_295], int32: [-2_147_483_648, 2_147_483_647] };
    const [least, most] = range[schema.format as keyof typeof range] ?? [schema.minimum ?? -9e15, 9e15];
    return [least ?? 0, most ?? 0, 1, 7][this.#below(4)] ?? 0;
  }

  #object(schema: JsonSchema, depth: number): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const required = new Set(schema.required);
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      if (required.has(name) || this.#includeOptional(depth)) result[name] = this.make(member, depth + 1);
    }
    const rest = schema.additionalProperties;
    if (typeof rest === "object" && depth < 8) result["some key"] = this.make(rest, depth + 1);
    // a member that only a newer version knows
    if (rest === undefined && this.#optional === "some") result["x-unknown"] = this.#anything(depth);
    return result;
  }

  #includeOptional(depth: number): boolean {
    if (depth > 8 || this.#optional === "none") return false;
    return this.#optional === "all" || this.#below(2) === 0;
  }

  #choose(alternatives: JsonSchema[], depth: number): JsonSchema {
    const plain = depth > 8 ? alternatives.filter((each) => each.type !== "object" && each.$ref === undefined) : [];
    const candidates = plain.length > 0 ? plain : alternatives;
    const index = this.#turns > 0 ? this.#turns % candidates.length : this.#below(candidates.length);
    this.#turns = 0;
    return candidates[index] ?? {};
  }

  #anything(depth: number): unknown {
    const flat = [null, true, 3, "any", 1.5];
    return depth > 8 ? null : [...flat, { any: flat }, flat][this.#below(7)];
  }

  #resolve(ref: string): JsonSchema {
    let found: unknown = this.#document;
    for (const key of ref.split("/").slice(1)) found = (found as Record<string, unknown>)[decodeURIComponent(key)];
    if (found === undefined) throw new Error(`nothing at ${ref}`);
    return found === true ? {} : (found as JsonSchema);
  }

  /** A number from 0 to limit - 1. */
  #below(limit: number): number {
    this.#state = (Math.imul(this.#state ^ (this.#state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return ((this.#state >>> 8) & 0xffff) % limit;
  }
}

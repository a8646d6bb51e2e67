/** Checks unions: objects told apart by a tag, texts beside objects with one telling member, or anything in turn. */

import { type Check, type CheckMaker, isObject } from "./check.js";
import { missingField, unknownVariant, WireFormatError, wrongType } from "./wire-format-error.js";
import type { WireSchema } from "./wire-schema.js";

/** @param name the union's name in messages */
export function checkUnion(members: readonly WireSchema[], name: string, make: CheckMaker): Check {
  const others = members.filter((member) => member.type !== "null");
  const check = withoutNull(others, name, make);
  return others.length === members.length ? check : (value) => (value === null ? value : check(value));
}

function withoutNull(members: readonly WireSchema[], name: string, make: CheckMaker): Check {
  const [first, second] = members;
  if (first !== undefined && second === undefined) return make(first, name);
  const tag = tagOf(members);
  if (tag !== undefined) return byTag(tag, members, name, make);
  const texts = members.find((member) => member.type === "string" && member.enum !== undefined);
  const objects = members.filter((member) => member !== texts);
  if (texts !== undefined && objects.every((member) => member.required?.length === 1)) {
    return byText(texts, objects, name, make);
  }
  return inTurn(members, name, make);
}

/** @returns the member that has another fixed text in each alternative */
function tagOf(members: readonly WireSchema[]): string | undefined {
  const [first, ...rest] = members.map((member) => Object.entries(member.properties ?? {}));
  return first
    ?.filter(([, schema]) => schema.enum?.length === 1)
    .map(([key]) => key)
    .find((key) =>
      rest.every((properties) => properties.some(([name, schema]) => name === key && schema.enum?.length === 1)),
    );
}

function byTag(tag: string, members: readonly WireSchema[], name: string, make: CheckMaker): Check {
  const texts: string[] = [];
  const schemas = new Map<string, WireSchema>();
  for (const member of members) {
    for (const text of member.properties?.[tag]?.enum ?? []) {
      texts.push(text);
      schemas.set(text, member);
    }
  }
  const checks = new Map<string, Check>();
  return (value) => {
    if (!isObject(value)) throw wrongType(value, `internally tagged enum ${name}`);
    const text = value[tag];
    if (text === undefined) throw missingField(tag);
    if (typeof text !== "string") throw wrongType(text, "variant identifier").within(tag);
    let check = checks.get(text);
    if (check === undefined) {
      const schema = schemas.get(text);
      if (schema === undefined) throw unknownVariant(text, texts).within(tag);
      check = make(schema, name);
      checks.set(text, check);
    }
    return check(value);
  };
}

/** `"review"` or `{ "other": … }`: a text, or an object that is known by the one member it must have. */
function byText(texts: WireSchema, objects: readonly WireSchema[], name: string, make: CheckMaker): Check {
  const known = [...(texts.enum ?? []), ...objects.flatMap((schema) => schema.required ?? [])];
  const checkText = make({ type: "string", enum: texts.enum ?? [] }, name);
  const checks = objects.map((schema) => ({ key: schema.required?.[0] ?? "", check: make(schema, name) }));
  return (value) => {
    if (typeof value === "string") {
      if (!texts.enum?.includes(value)) throw unknownVariant(value, known);
      return checkText(value);
    }
    if (!isObject(value)) throw wrongType(value, `enum ${name}`);
    const found = checks.find(({ key }) => value[key] !== undefined);
    if (found === undefined) throw unknownVariant(Object.keys(value)[0] ?? "", known);
    return found.check(value);
  };
}

function inTurn(members: readonly WireSchema[], name: string, make: CheckMaker): Check {
  const checks = members.map((member) => make(member, name));
  return (value) => {
    for (const check of checks) {
      try {
        return check(value);
      } catch (error) {
        if (!(error instanceof WireFormatError)) throw error;
      }
    }
    const expected = `a variant of untagged enum ${name}`;
    throw new WireFormatError(`data did not match any variant of untagged enum ${name}`, expected);
  };
}

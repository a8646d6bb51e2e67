/** Damages JSON values, the same way each time. */

/** A number from 0 to limit - 1. */
export type Random = (limit: number) => number;

/** @returns a generator of numbers that depends on the seed alone */
export function randomFrom(seed: number): Random {
  let state = (seed + 1) | 0;
  return (limit) => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const others: readonly unknown[] = [
  null,
  true,
  "",
  "\u0000\ud800",
  "__proto__",
  -1,
  0.5,
  1e308,
  2 ** 53,
  [],
  {},
  [[]],
  { type: "x" },
  { toString: 1 },
];

/** @returns the value with one place in it replaced, removed, renamed or doubled */
export function mutated(value: unknown, random: Random): unknown {
  const places = placesIn(value);
  const place = places[random(places.length)] ?? [];
  return changedAt(value, place, random);
}

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const inner = keys.flatMap((key) => placesIn((value as Record<string | number, unknown>)[key], [...at, key]));
  return [at, ...inner];
}

function changedAt(value: unknown, place: Place, random: Random): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return others[random(others.length)];
  if (Array.isArray(value)) {
    const items: unknown[] = [...value];
    const index = Number(key);
    if (rest.length === 0 && random(3) === 0) items.splice(index, random(2), items[index]);
    else items[index] = changedAt(items[index], rest, random);
    return items;
  }
  const entries = Object.entries(value as Record<string, unknown>).flatMap(([name, member]): [string, unknown][] => {
    if (name !== key) return [[name, member]];
    if (rest.length > 0) return [[name, changedAt(member, rest, random)]];
    const how = random(4);
    if (how === 0) return [];
    return how === 1 ? [[`${name}_`, member]] : [[name, changedAt(member, rest, random)]];
  });
  return Object.fromEntries(entries);
}

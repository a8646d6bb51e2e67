/**
 * The local time of a moment, from the system's time zone file (RFC 8536). The runtime's own way needs 4 ms to set itself up,
 * a tenth of a whole short run; this needs a tenth of a millisecond. What it cannot read it leaves to the runtime.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { utcStamp } from "./file-names.js";

/** `YYYY-MM-DDTHH-MM-SS` in local time. */
export function localStamp(now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const offset = zoneOffset(seconds) ?? -now.getTimezoneOffset() * 60;
  return utcStamp(seconds + offset);
}

/** Seconds to add to UTC at a moment in unix seconds; null when the zone is in no form known here. */
function zoneOffset(seconds: number): number | null {
  const file = zoneFile(process.env["TZ"]);
  if (file === null || process.platform === "win32") return null;
  try {
    return offsetIn(readFileSync(file), seconds);
  } catch {
    // No such file, or a damaged one: the runtime may know more.
    return null;
  }
}

/** Zones are named like their files; `TZ` may also hold a rule, which is left to the runtime. */
function zoneFile(tz: string | undefined): string | null {
  if (tz === undefined) return "/etc/localtime";
  return /^[A-Z][A-Za-z_]*(?:\/[A-Za-z0-9_+-]+)*$/.test(tz) ? join("/usr/share/zoneinfo", tz) : null;
}

const HEADER_BYTES = 44;

/** Sizes of a data block's parts, in the order of the header. */
interface BlockSizes {
  times: number;
  types: number;
  bytes: number;
}

function blockSizes(file: Buffer, header: number, timeBytes: number): BlockSizes {
  if (file.toString("latin1", header, header + 4) !== "TZif") throw new Error("not a time zone file");
  const count = (at: number): number => file.readUInt32BE(header + 20 + at * 4);
  const [utc, standard, leaps, times, types, chars] = [count(0), count(1), count(2), count(3), count(4), count(5)];
  const bytes = times * (timeBytes + 1) + types * 6 + chars + leaps * (timeBytes + 4) + standard + utc;
  return { times, types, bytes };
}

function offsetIn(file: Buffer, seconds: number): number | null {
  // The first block has times of four bytes, for programs that know no others.
  const second = HEADER_BYTES + blockSizes(file, 0, 4).bytes;
  const { times, bytes } = blockSizes(file, second, 8);
  const start = second + HEADER_BYTES;
  const timeAt = (at: number): number => Number(file.readBigInt64BE(start + at * 8));
  if (times === 0 || seconds >= timeAt(times - 1))
    return ruleOffset(file.toString("latin1", start + bytes).trim(), seconds);
  let low = 0;
  for (let high = times; low < high;) {
    const middle = (low + high) >> 1;
    if (timeAt(middle) <= seconds) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return null;
  const type = file[start + times * 8 + low - 1] ?? 0;
  return file.readInt32BE(start + times * 9 + type * 6);
}

const RULE =
  /^(?:<[^>]+>|[A-Za-z]+)([-+\d:]+)(?:(?:<[^>]+>|[A-Za-z]+)([-+\d:]*),M([\d.]+)(?:\/([-+\d:]+))?,M([\d.]+)(?:\/([-+\d:]+))?)?$/;

/** After the last change on record a rule holds, such as `CET-1CEST,M3.5.0,M10.5.0/3`: its numbers are west of Greenwich. */
function ruleOffset(rule: string, seconds: number): number | null {
  const match = RULE.exec(rule);
  if (match?.[1] === undefined) return null;
  const standard = -duration(match[1]);
  const [, , saving, from, fromTime = "2", to, toTime = "2"] = match;
  if (from === undefined || to === undefined) return standard;
  const daylight = saving ? -duration(saving) : standard + 3600;
  const year = new Date((seconds + standard) * 1000).getUTCFullYear();
  const begins = dayOf(year, from) + duration(fromTime) - standard;
  const ends = dayOf(year, to) + duration(toTime) - daylight;
  const isSaving = begins < ends ? seconds >= begins && seconds < ends : seconds >= begins || seconds < ends;
  return isSaving ? daylight : standard;
}

/** `[+-]h[:m[:s]]` in seconds. */
function duration(text: string): number {
  const [hours = 0, minutes = 0, rest = 0] = text.replace(/^[-+]/, "").split(":").map(Number);
  return (text.startsWith("-") ? -1 : 1) * (hours * 3600 + minutes * 60 + rest);
}

/** `month.week.weekday`: unix seconds of that day's midnight, as if it were UTC; week 5 is the last one. */
function dayOf(year: number, rule: string): number {
  const [month = 1, week = 1, weekday = 0] = rule.split(".").map(Number);
  const first = new Date(Date.UTC(year, month - 1, 1)).getUTCDay();
  let day = 1 + ((weekday - first + 7) % 7) + (week - 1) * 7;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  while (day > days) day -= 7;
  return Date.UTC(year, month - 1, day) / 1000;
}

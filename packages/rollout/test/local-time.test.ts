import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { localStamp } from "../src/local-time.js";

const ZONES = "/usr/share/zoneinfo";
const before = process.env["TZ"];
afterEach(() => {
  if (before === undefined) delete process.env["TZ"];
  else process.env["TZ"] = before;
});

/** What the runtime says. */
function expected(now: Date): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");
  return `${date}T${[now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join("-")}`;
}

/** Moments of two years, close together around every change of clocks in use, and in a far year. */
const MOMENTS = [
  ...Array.from({ length: 24 * 61 }, (_, n) => new Date(Date.UTC(2026, 0, 1) + n * 12 * 3600_000 + n * 977)),
  new Date(2026, 2, 29, 0, 59, 59),
  new Date(Date.UTC(2026, 9, 25, 0, 59, 59)),
  new Date(Date.UTC(2026, 9, 25, 1, 0, 0)),
  ...Array.from({ length: 24 }, (_, n) => new Date(Date.UTC(2045, n % 12, 15, n))),
];

/** With every kind of rule, and none that changed lately: the runtime's data and the system's may be of different age. */
const zones = [
  "Europe/Berlin",
  "Europe/London",
  "Europe/Dublin",
  "America/New_York",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tokyo",
  "Africa/Lagos",
].filter((zone) => existsSync(join(ZONES, zone)));

describe("local time from the zone file", () => {
  it.skipIf(zones.length === 0)(`is the runtime's, in ${zones.length} zones`, { timeout: 60_000 }, () => {
    const differing: string[] = [];
    for (const zone of zones) {
      process.env["TZ"] = zone;
      const wrong = MOMENTS.find((moment) => localStamp(moment) !== expected(moment));
      if (wrong) differing.push(`${zone} ${wrong.toISOString()} ${localStamp(wrong)} ${expected(wrong)}`);
    }
    expect(differing).toEqual([]);
  });

  it.each([
    "",
    "UTC",
    "Etc/UTC",
    "EST5EDT",
    "CET-1CEST,M3.5.0,M10.5.0/3",
    "Nowhere/Land",
    "../etc/passwd",
    ":Europe/Berlin",
  ])("is the runtime's for TZ=%s", (zone) => {
    process.env["TZ"] = zone;
    for (const moment of MOMENTS.slice(0, 50)) expect(localStamp(moment)).toBe(expected(moment));
  });

  it("is the runtime's without TZ", () => {
    delete process.env["TZ"];
    expect(localStamp(new Date())).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}$/);
  });
});

/** Narrow readers for JSON that came from outside: they answer null instead of trusting. */

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that is a string; null when it is absent or something else. */
export function stringMember(record: Readonly<Record<string, unknown>>, key: string): string | null {
  const value = record[key];
  return typeof value === "string" ? value : null;
}

/** A member that is a finite number; null when it is absent or something else. */
export function numberMember(record: Readonly<Record<string, unknown>>, key: string): number | null {
  const value = record[key];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A member that is an object; null when it is absent or something else. */
export function recordMember(record: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> | null {
  const value = record[key];
  return isRecord(value) ? value : null;
}

/** Parses a JSON object; null when the text is something else. */
export function parseRecord(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    // Not JSON: the caller decides what that means.
    return null;
  }
}

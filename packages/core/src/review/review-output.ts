/** Reads what the reviewing model answered, and words it for the conversation. Pure. */

import { renderReview, type ReviewFinding, type ReviewOutput } from "@codex-ts/protocol";
import { isRecord } from "../is-record.js";

/** The answer as a review: the JSON it is or contains, else all of it as the explanation. */
export function parseReview(text: string): ReviewOutput {
  const inner = text.slice(Math.max(0, text.indexOf("{")), text.lastIndexOf("}") + 1);
  for (const candidate of [text, inner]) {
    const review = reviewOf(candidate);
    if (review !== null) return review;
  }
  return { findings: [], overall_correctness: "", overall_explanation: text, overall_confidence_score: 0 };
}

/** What the conversation keeps of a review, in the user's role. null: it was cut short. */
export function reviewRecord(output: ReviewOutput | null): string {
  const context =
    output === null
      ? "The user started a code review and it was interrupted before it was done."
      : "The user started a code review. This is the reviewer's result; the user may ask you to act on it.";
  const results = output === null ? "None." : renderReview(output);
  return `<user_action>\n  <context>${context}</context>\n  <action>review</action>\n  <results>\n  ${results}\n  </results>\n</user_action>`;
}

/** Said in place of a result when a review is cut short. */
export const INTERRUPTED_REVIEW = "Review was interrupted. Please re-run /review and wait for it to complete.";

// helpers

function reviewOf(text: string): ReviewOutput | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null; // prose
  }
  if (!isRecord(parsed) || !Array.isArray(parsed["findings"])) return null;
  const findings = parsed["findings"].map(findingOf);
  if (findings.includes(null)) return null;
  return {
    findings: findings.filter((finding) => finding !== null),
    overall_correctness: textOf(parsed["overall_correctness"]),
    overall_explanation: textOf(parsed["overall_explanation"]),
    overall_confidence_score: numberOf(parsed["overall_confidence_score"]) ?? 0,
  };
}

function findingOf(value: unknown): ReviewFinding | null {
  if (!isRecord(value)) return null;
  const location = isRecord(value["code_location"]) ? value["code_location"] : {};
  const range = isRecord(location["line_range"]) ? location["line_range"] : {};
  const path = location["absolute_file_path"];
  const priority = numberOf(value["priority"]);
  const [start, end] = [numberOf(range["start"]), numberOf(range["end"])];
  if (typeof value["title"] !== "string" || typeof value["body"] !== "string" || typeof path !== "string") return null;
  if (priority === null || start === null || end === null) return null;
  return {
    title: value["title"],
    body: value["body"],
    confidence_score: numberOf(value["confidence_score"]) ?? 0,
    priority,
    code_location: { absolute_file_path: path, line_range: { start, end } },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

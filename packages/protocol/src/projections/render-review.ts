/** A review's result as text, as every front end shows it. */

import type { ReviewFinding, ReviewOutput } from "../review.js";

/** @param output null when the reviewer was cut short */
export function renderReview(output: ReviewOutput | null): string {
  const explanation = output?.overall_explanation.trim() ?? "";
  const findings = output?.findings ?? [];
  const parts = explanation === "" ? [] : [explanation];
  if (findings.length > 0) {
    parts.push(findings.length === 1 ? "Review comment:" : "Full review comments:", ...findings.map(renderFinding));
  }
  return parts.length === 0 ? "Reviewer failed to output a response." : parts.join("\n\n");
}

function renderFinding(finding: ReviewFinding): string {
  const { absolute_file_path: path, line_range: lines } = finding.code_location;
  const body = finding.body.split("\n").map((line) => `  ${line}`);
  return [`- ${finding.title} — ${path}:${lines.start}-${lines.end}`, ...body].join("\n");
}

import { expect, it } from "vitest";
import { type ReviewFinding, renderReview } from "../src/index.js";

const finding: ReviewFinding = {
  title: "[P1] Bug",
  body: "Bad\nand worse",
  confidence_score: 0.9,
  priority: 1,
  code_location: { absolute_file_path: "/x/a.js", line_range: { start: 1, end: 2 } },
};
const review = { overall_correctness: "", overall_confidence_score: 0 };

it.each([
  ["nothing", null, "Reviewer failed to output a response."],
  ["an empty answer", { ...review, findings: [], overall_explanation: "  " }, "Reviewer failed to output a response."],
  ["an explanation", { ...review, findings: [], overall_explanation: " fine \n" }, "fine"],
  [
    "one finding",
    { ...review, findings: [finding], overall_explanation: "Overall bad." },
    "Overall bad.\n\nReview comment:\n\n- [P1] Bug — /x/a.js:1-2\n  Bad\n  and worse",
  ],
  [
    "two findings without an explanation",
    { ...review, findings: [finding, { ...finding, title: "Other", body: "x" }], overall_explanation: "" },
    "Full review comments:\n\n- [P1] Bug — /x/a.js:1-2\n  Bad\n  and worse\n\n- Other — /x/a.js:1-2\n  x",
  ],
])("shows %s", (_, output, text) => {
  expect(renderReview(output)).toBe(text);
});

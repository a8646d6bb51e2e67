/** The model's part of the demo, written by hand: what a careful agent says and calls, one answer per request. */

const usage = (input, cached, output) => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: cached },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: input + output,
});

const say = (id, text) => [
  { type: "response.output_item.added", item: { type: "message", role: "assistant", id, content: [] } },
  ...(text.match(/\S+\s*/g) ?? []).map((delta) => ({ type: "response.output_text.delta", item_id: id, delta })),
  {
    type: "response.output_item.done",
    item: { type: "message", role: "assistant", id, content: [{ type: "output_text", text }] },
  },
];

const call = (id, name, args) => ({
  type: "response.output_item.done",
  item: { type: "function_call", id: `fc_${id}`, call_id: id, name, arguments: JSON.stringify(args) },
});

const patch = (id, input) => ({
  type: "response.output_item.done",
  item: { type: "custom_tool_call", id: `ct_${id}`, call_id: id, name: "apply_patch", input },
});

const plan = (id, ...states) =>
  call(id, "update_plan", {
    plan: ["Read the code and run the tests", "Fix slug and wrap", "Run the tests again"].map((step, at) => ({
      step,
      status: states[at],
    })),
  });

const end = (tokens) => ({ type: "response.completed", response: { id: "resp", usage: tokens } });

/** One list of server events per request. */
export const answers = [
  [
    ...say("m1", "I'll read the sources and run the tests to see what fails."),
    plan("c1", "in_progress", "pending", "pending"),
    call("c2", "shell_command", { command: "cat src/slug.js src/wrap.js", login: false }),
    call("c3", "shell_command", { command: "node test/run.js", login: false }),
    end(usage(4210, 0, 148)),
  ],
  [
    ...say(
      "m2",
      "Two bugs. `slug` turns every single character into a dash instead of each run of them, and trims only the end. `wrap` forgets the space between words when it measures, and never adds the last line.",
    ),
    plan("c4", "completed", "in_progress", "pending"),
    patch(
      "c5",
      `*** Begin Patch
*** Update File: src/slug.js
@@
   return headline
     .toLowerCase()
-    .replace(/[^a-z0-9]/g, "-")
-    .replace(/-$/, "");
+    .replace(/[^a-z0-9]+/g, "-")
+    .replace(/^-|-$/g, "");
 }
*** Update File: src/wrap.js
@@
   for (const word of text.split(/\\s+/)) {
-    if (line.length + word.length > width) {
+    if (line !== "" && line.length + 1 + word.length > width) {
       lines.push(line);
       line = word;
     } else {
       line = line === "" ? word : \`\${line} \${word}\`;
     }
   }
+  if (line !== "") lines.push(line);
   return lines;
 }
*** End Patch`,
    ),
    end(usage(4790, 4210, 263)),
  ],
  [
    plan("c6", "completed", "completed", "in_progress"),
    call("c7", "shell_command", { command: "node test/run.js", login: false }),
    end(usage(5120, 4790, 71)),
  ],
  [plan("c8", "completed", "completed", "completed"), end(usage(5390, 5120, 38))],
  [
    ...say(
      "m3",
      "All six tests pass now.\n\n- `src/slug.js:5`: each run of other characters becomes one dash, and dashes at both ends go.\n- `src/wrap.js:6`: the space between words counts towards the width, a first word that is too long no longer makes an empty line, and the last line is kept (`src/wrap.js:13`).\n\nI changed no tests. A single word longer than the width still stands on a line of its own, as the tests do not say otherwise.",
    ),
    end(usage(5460, 5390, 118)),
  ],
];

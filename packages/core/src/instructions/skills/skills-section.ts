/** Tells the model which skills there are and how to use them. */

import type { SkillMetadata } from "@codex-ts/protocol";

/** The section of the user instructions; null without an enabled skill. */
export function skillsSection(skills: readonly SkillMetadata[]): string | null {
  const enabled = skills.filter((skill) => skill.enabled);
  if (enabled.length === 0) return null;
  const list = enabled.map(({ name, description, path }) => {
    return `- ${name}: ${description} (file: ${path.replaceAll("\\", "/")})`;
  });
  return `## Skills
A skill is a folder with instructions for one kind of task in its SKILL.md, sometimes with scripts and references beside it.
### Available skills
${list.join("\n")}
### How to use skills
- When: use a skill if the user names it (\`$Name\` or in plain words) or if the task is what its description says. Several may apply: use the smallest set that covers the task and say in a line which ones and in what order. A skill does not carry over to later turns unless it is named again.
- How: open its SKILL.md first and read only as much as you need. Follow references to other files one at a time, when a step needs them.
- If it brings scripts or templates, run or reuse them instead of writing the same again.
- Keep the context small: summarise long references, do not paste them.
- If a skill that was asked for is missing or cannot be read, say so briefly and go on with the best you can do without it.`;
}

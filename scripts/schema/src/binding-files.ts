/** What `schema/` holds, printed by the package itself, so that the built executable prints the same. */

/** @returns texts by path from the repository's root; call it when the generated modules are in place */
export async function bindingFiles(): Promise<Map<string, string>> {
  const { jsonSchemaFiles, publishedTypes, typeScriptFiles } = await import("@codex-ts/app-server-protocol/bindings");
  const { methodsDocument } = await import("./methods-document.js");
  return new Map([
    ["schema/METHODS.md", methodsDocument(publishedTypes())],
    ...[...jsonSchemaFiles()].map(([path, text]) => [`schema/json/${path}`, text] as const),
    ...[...typeScriptFiles()].map(([path, text]) => [`schema/typescript/${path}`, text] as const),
  ]);
}

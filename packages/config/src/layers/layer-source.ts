/** The names of configuration layers, as the app-server protocol shows them. */

/** Where a layer comes from; later members of the union outrank earlier ones. */
export type ConfigLayerSource =
  | { readonly type: "mdm"; readonly domain: string; readonly key: string }
  | { readonly type: "system"; readonly file: string }
  | { readonly type: "user"; readonly file: string }
  | { readonly type: "project"; readonly dotCodexFolder: string }
  | { readonly type: "sessionFlags" }
  | { readonly type: "legacyManagedConfigTomlFromFile"; readonly file: string }
  | { readonly type: "legacyManagedConfigTomlFromMdm" };

/** How somebody is signed in. */

/** The kind of credentials in use. */
export type AuthMode = "apikey" | "chatgpt";

/** The only way of signing in that the configuration allows. */
export type ForcedLoginMethod = "chatgpt" | "api";

/** Which credentials a provider may see. Pure, and all that a provider with its own key needs. */

/** What this decision needs to know of a provider. */
export interface ProviderAuthFacts {
  /** Null: the address depends on the login, and is OpenAI's. */
  readonly baseUrl: string | null;
  readonly envKey: string | null;
  readonly experimentalBearerToken: string | null;
  readonly requiresOpenaiAuth: boolean;
}

/**
 * `own`: the provider has a key of its own, the login is none of its business; `login`: it gets the login; `required`:
 * it is of no use without one; `none`: a foreign server, which gets nothing.
 */
export type LoginRule = "own" | "login" | "required" | "none";

/** Decides what a provider gets. A login is for OpenAI, and for those who say that they expect it. */
export function loginRule(provider: ProviderAuthFacts): LoginRule {
  if (provider.envKey !== null || provider.experimentalBearerToken !== null) {
    return "own";
  }
  if (provider.baseUrl === null || isOpenaiHost(provider.baseUrl)) {
    return provider.requiresOpenaiAuth ? "required" : "login";
  }
  return provider.requiresOpenaiAuth ? "login" : "none";
}

/** Whether an address belongs to OpenAI, over TLS. */
export function isOpenaiHost(url: string): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const { protocol, hostname } = new URL(url);
  return (
    protocol === "https:" && OPENAI_DOMAINS.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`))
  );
}

const OPENAI_DOMAINS = ["openai.com", "chatgpt.com"] as const;

/** What a token says about its owner. Signatures are not checked: the token came from the issuer over TLS. */

/** The claims we use; null where a token lacks one. */
export interface TokenClaims {
  readonly email: string | null;
  /** As the token spells it: `plus`, `team`, … */
  readonly planType: string | null;
  readonly userId: string | null;
  readonly accountId: string | null;
  readonly organizationId: string | null;
  readonly projectId: string | null;
  readonly completedOnboarding: boolean;
  readonly isOrgOwner: boolean;
}

/** A token that is no JWT. */
export class TokenFormatError extends Error {
  constructor(reason: string) {
    super(`invalid ID token format: ${reason}`);
    this.name = "TokenFormatError";
  }
}

const NAMESPACE = "https://api.openai.com/auth";

/**
 * Reads the payload of a JWT.
 * @throws TokenFormatError
 */
export function readClaims(token: string): TokenClaims {
  const payload = readPayload(token);
  const auth = record(payload[NAMESPACE]);
  return {
    email: text(payload["email"]),
    planType: text(auth["chatgpt_plan_type"]),
    userId: text(auth["chatgpt_user_id"]) ?? text(auth["user_id"]),
    accountId: text(auth["chatgpt_account_id"]),
    organizationId: text(auth["organization_id"]),
    projectId: text(auth["project_id"]),
    completedOnboarding: auth["completed_platform_onboarding"] === true,
    isOrgOwner: auth["is_org_owner"] === true,
  };
}

function readPayload(token: string): Record<string, unknown> {
  const parts = token.split(".");
  const [, payload] = parts;
  if (parts.length !== 3 || payload === undefined || parts.includes("")) {
    throw new TokenFormatError("expected three parts");
  }
  if (!/^[A-Za-z0-9_-]+$/.test(payload)) {
    throw new TokenFormatError("the payload is not base64url");
  }
  try {
    return record(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  } catch (error) {
    throw new TokenFormatError(error instanceof Error ? error.message : String(error));
  }
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

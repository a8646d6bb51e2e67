/** What the browser shows at the end of a login. */

/** Parameters of the address of the success page. */
export interface SuccessFacts {
  /** The account's organisation still has to be set up on the platform. */
  readonly needsSetup: boolean;
  readonly idToken: string;
  readonly organizationId: string | null;
  readonly projectId: string | null;
  readonly planType: string | null;
  readonly platformUrl: string;
}

/** Path and query of the success page. The id token is in it only when the set-up page needs it. */
export function successPath(facts: SuccessFacts): string {
  const query = new URLSearchParams({
    ...(facts.needsSetup ? { id_token: facts.idToken } : {}),
    needs_setup: String(facts.needsSetup),
    org_id: facts.organizationId ?? "",
    project_id: facts.projectId ?? "",
    plan_type: facts.planType ?? "",
    platform_url: facts.platformUrl,
  });
  return `/success?${query.toString()}`;
}

/** The page after a login that worked. */
export function successPage(facts: SuccessFacts): string {
  if (!facts.needsSetup) {
    return page("You are signed in", "<p>You can close this window and go back to your terminal.</p>");
  }
  const query = new URLSearchParams({
    p: facts.planType ?? "",
    t: facts.idToken,
    with_org: facts.organizationId ?? "",
    project_id: facts.projectId ?? "",
  });
  const target = escapeHtml(`${facts.platformUrl}/org-setup?${query.toString()}`);
  const body = `<p>One step is left: setting up your API organisation. You will be taken there in three seconds.</p>
<p><a href="${target}">Go there now</a></p>`;
  return page("You are signed in", body, `<meta http-equiv="refresh" content="3;url=${target}">`);
}

/** The page after a login that did not. */
export function failurePage(reason: string): string {
  return page("Sign-in failed", `<p>${escapeHtml(reason)}</p><p>Go back to your terminal and try again.</p>`);
}

function page(title: string, body: string, head = ""): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<title>Codex: ${title}</title>
${head}
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem;color-scheme:light dark}</style>
</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

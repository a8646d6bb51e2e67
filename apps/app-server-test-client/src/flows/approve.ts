/** Says yes to every approval that it knows, and refuses other requests. */

/** @returns the answer. @throws for requests that this client does not serve */
export function approve(method: string): unknown {
  switch (method) {
    case "item/commandExecution/requestApproval":
    case "item/fileChange/requestApproval":
      return { decision: "accept" };
    case "execCommandApproval":
    case "applyPatchApproval":
      return { decision: "approved" };
    default:
      throw new Error(`this client does not serve ${method}`);
  }
}

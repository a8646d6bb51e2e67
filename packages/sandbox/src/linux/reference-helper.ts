/** The helper as other clients call it. */
export async function runReferenceHelper(_args: readonly string[]): Promise<never> {
  process.exit(2);
}

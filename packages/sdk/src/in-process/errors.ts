/** What can be wrong before a turn begins. */

/** There is no session with this id. */
export class ThreadNotFoundError extends Error {
  override readonly name = "ThreadNotFoundError";

  constructor(id: string, codexHome: string) {
    super(`No session with id ${id} in ${codexHome}/sessions.`);
  }
}

/** A turn of this thread runs already. */
export class ThreadBusyError extends Error {
  override readonly name = "ThreadBusyError";

  constructor(id: string) {
    super(`A turn of thread ${id} is running; read its events to the end, or abort it, before the next one.`);
  }
}

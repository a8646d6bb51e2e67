/** What a turn's requests share: the server's routing value, and what a wire keeps open between them. */

/** Made at a turn's start, closed at its end. Clients keep their state of the turn in it. */
export class TurnConnection implements Disposable {
  /** `x-codex-turn-state` of the turn's first response; sent with all later requests of the turn. */
  turnState: string | null = null;
  /** What the wire keeps open for this turn; only the wire that put it there knows more. */
  channel: { close(): void } | null = null;

  /** Remembers the turn's first value; later ones are ignored. */
  noteTurnState(value: string | null | undefined): void {
    this.turnState ??= value ?? null;
  }

  /** Closes what is open. */
  close(): void {
    this.channel?.close();
    this.channel = null;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Sees to it that every item that began ends exactly once, whatever happens in between. */

import type { ItemDelta, ItemId, ThreadEventBody, ThreadItem, TurnId } from "@codex-ts/protocol";

/** Says an event of a turn. */
export type Emit = (body: ThreadEventBody, turnId: TurnId) => void;

interface OpenItem {
  item: ThreadItem;
  turnId: TurnId;
  /** It goes on when its turn ends. */
  outlivesTurn: boolean;
  /** Makes the item that ends it when nobody else does. */
  cutShort: (item: ThreadItem) => ThreadItem;
}

/** The items of a thread that have begun and not ended. */
export class OpenItems {
  readonly #open = new Map<ItemId, OpenItem>();
  /** Items that were ended with their turn. A tool that winds up late still ends its own: that comes too late. */
  readonly #endedWithTurn = new Set<ItemId>();
  readonly #emit: Emit;

  constructor(emit: Emit) {
    this.#emit = emit;
  }

  /** Begins an item. An id that is open already ends first: servers repeat ids. */
  start(item: ThreadItem, turnId: TurnId, cutShort: (item: ThreadItem) => ThreadItem = interrupted): void {
    if (this.#open.has(item.id)) this.#cut(item.id);
    this.#endedWithTurn.delete(item.id);
    this.#open.set(item.id, { item, turnId, outlivesTurn: false, cutShort });
    this.#emit({ type: "item.started", item }, turnId);
  }

  has(id: ItemId): boolean {
    return this.#open.has(id);
  }

  /** Says a change of an open item; changes of others are dropped. */
  delta(itemId: ItemId, delta: ItemDelta): void {
    const open = this.#open.get(itemId);
    if (open !== undefined) this.#emit({ type: "item.delta", itemId, delta }, open.turnId);
  }

  /** Keeps what an item would end as if it were cut short now. */
  update(item: ThreadItem): void {
    const open = this.#open.get(item.id);
    if (open !== undefined) open.item = item;
  }

  /** An open item goes on when its turn ends; whoever began it still ends it. */
  outliveTurn(id: ItemId): void {
    const open = this.#open.get(id);
    if (open !== undefined) open.outlivesTurn = true;
  }

  /** Ends an item; one that has not begun begins first. */
  end(item: ThreadItem, turnId: TurnId): void {
    if (this.#endedWithTurn.delete(item.id)) return;
    if (!this.#open.has(item.id)) this.start(item, turnId);
    this.#open.delete(item.id);
    this.#emit({ type: "item.ended", item }, turnId);
  }

  /** Ends an open item as `change` makes it. */
  endAs(id: ItemId, change: (item: ThreadItem) => ThreadItem, turnId: TurnId): void {
    const open = this.#open.get(id);
    if (open !== undefined) this.end(change(open.item), turnId);
  }

  /** Begins and ends an item that has no time of its own. */
  instant(item: ThreadItem, turnId: TurnId): void {
    this.start(item, turnId);
    this.end(item, turnId);
  }

  /** Ends everything of a turn that is still open, but for what outlives it. */
  endTurn(turnId: TurnId): void {
    for (const [id, open] of this.#open) {
      if (open.turnId !== turnId || open.outlivesTurn) continue;
      this.#cut(id);
      this.#endedWithTurn.add(id);
    }
  }

  #cut(id: ItemId): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    this.#emit({ type: "item.ended", item: open.cutShort(open.item) }, open.turnId);
  }
}

/** The item with the status `interrupted`, where it has one. */
function interrupted(item: ThreadItem): ThreadItem {
  switch (item.type) {
    case "command":
    case "fileChange":
    case "mcpCall":
    case "review":
    case "subAgent":
      return { ...item, status: "interrupted" };
    case "userMessage":
    case "agentMessage":
    case "reasoning":
    case "webSearch":
    case "imageView":
      return item;
  }
}

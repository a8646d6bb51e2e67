/** Decides, before anything runs, which names each function and comprehension has of its own, and refuses unknown names. */

import { StarlarkError } from "./errors.js";
import type { Source, Span } from "./source.js";
import { suggest } from "./suggest.js";
import type { Clause, Comprehension, Definition, Expression, Name, Statement, Target } from "./syntax.js";

/** The names that belong to the module, to each function and to each comprehension. */
export interface Scopes {
  readonly module: ReadonlySet<string>;
  readonly of: ReadonlyMap<Definition | Comprehension, ReadonlySet<string>>;
}

/**
 * @param globals names that exist without being defined
 * @throws StarlarkError for an unknown name, and for statements where they cannot stand
 */
export function resolve(source: Source, statements: readonly Statement[], globals: Iterable<string>): Scopes {
  const resolver = new Resolver(source, new Set(globals));
  return resolver.module(statements);
}

interface Place {
  readonly inFunction: boolean;
  readonly inLoop: boolean;
  readonly topLevel: boolean;
}

class Resolver {
  readonly #source: Source;
  readonly #of = new Map<Definition | Comprehension, ReadonlySet<string>>();
  /** Names visible now, outermost first. */
  readonly #visible: ReadonlySet<string>[];

  constructor(source: Source, globals: ReadonlySet<string>) {
    this.#source = source;
    this.#visible = [new Set([...globals].sort())];
  }

  module(statements: readonly Statement[]): Scopes {
    const names = assignedNames(statements);
    this.#within(names, () => this.#block(statements, { inFunction: false, inLoop: false, topLevel: true }));
    return { module: names, of: this.#of };
  }

  #within(names: ReadonlySet<string>, visit: () => void): void {
    this.#visible.push(names);
    visit();
    this.#visible.pop();
  }

  #block(statements: readonly Statement[], place: Place): void {
    for (const statement of statements) this.#statement(statement, place);
  }

  #statement(statement: Statement, place: Place): void {
    const inner = { ...place, topLevel: false };
    switch (statement.kind) {
      case "expression":
        return this.#expression(statement.value);
      case "assign":
        if (statement.type !== null) this.#type(statement.type);
        this.#target(statement.target);
        return this.#expression(statement.value);
      case "augment":
        this.#target(statement.target);
        return this.#expression(statement.value);
      case "if":
        for (const { condition, body } of statement.branches) {
          this.#expression(condition);
          this.#block(body, inner);
        }
        return this.#block(statement.otherwise, inner);
      case "for":
        this.#expression(statement.iterable);
        this.#target(statement.target);
        return this.#block(statement.body, { ...inner, inLoop: true });
      case "def":
        return this.#definition(statement.definition);
      case "return":
        if (!place.inFunction) throw this.#failure("`return` cannot be used outside of a `def` function", statement);
        return statement.value === null ? undefined : this.#expression(statement.value);
      case "break":
      case "continue":
        if (place.inLoop) return;
        throw this.#failure(`\`${statement.kind}\` cannot be used outside of a \`for\` loop`, statement);
      case "pass":
        return;
      case "load":
        if (!place.topLevel) throw this.#failure("`load` must only occur at the top of a module", statement);
    }
  }

  #definition(definition: Definition): void {
    for (const parameter of definition.parameters) {
      if (parameter.type !== null) this.#type(parameter.type);
      if (parameter.default !== null) this.#expression(parameter.default);
    }
    if (definition.returns !== null) this.#type(definition.returns);
    const names = assignedNames(definition.body);
    for (const parameter of definition.parameters) names.add(parameter.name);
    this.#of.set(definition, names);
    const place = { inFunction: true, inLoop: false, topLevel: false };
    this.#within(names, () => this.#block(definition.body, place));
  }

  #target(target: Target): void {
    if (target.kind === "dot") this.#expression(target.object);
    if (target.kind === "index") {
      this.#expression(target.object);
      this.#expression(target.index);
    }
    if (target.kind === "unpack") for (const inner of target.targets) this.#target(inner);
  }

  #type(type: Expression): void {
    const forbidden = FORBIDDEN_IN_TYPES[type.kind];
    if (forbidden !== undefined) throw this.#failure(`${forbidden} is not allowed in type expression`, type);
    this.#expression(type);
  }

  #expression(expression: Expression): void {
    switch (expression.kind) {
      case "name":
        return this.#name(expression);
      case "literal":
      case "ellipsis":
        return;
      case "format":
        for (const part of expression.parts) if (typeof part !== "string") this.#name(part.name);
        return;
      case "comprehension":
        return this.#comprehension(expression);
      case "lambda":
        return this.#definition(expression.definition);
      default:
        for (const child of children(expression)) this.#expression(child);
    }
  }

  /** The first iterable belongs to the surroundings, everything else to the comprehension. */
  #comprehension(comprehension: Comprehension): void {
    const [first] = comprehension.clauses;
    if (first?.kind === "for") this.#expression(first.iterable);
    const names = new Set<string>();
    for (const clause of comprehension.clauses) if (clause.kind === "for") addTargets(clause.target, names);
    this.#of.set(comprehension, names);
    this.#within(names, () => {
      for (const clause of comprehension.clauses) this.#clause(clause, clause === first);
      if (comprehension.key !== null) this.#expression(comprehension.key);
      this.#expression(comprehension.value);
    });
  }

  #clause(clause: Clause, first: boolean): void {
    if (clause.kind === "if") return this.#expression(clause.condition);
    this.#target(clause.target);
    if (!first) this.#expression(clause.iterable);
  }

  #name({ name, start, end }: Name): void {
    if (this.#visible.some((names) => names.has(name))) return;
    const close = suggest(
      name,
      this.#visible.toReversed().flatMap((names) => [...names]),
    );
    const hint = close === null ? "" : `, did you mean \`${close}\`?`;
    throw this.#failure(`Variable \`${name}\` not found${hint}`, { start, end });
  }

  #failure(message: string, span: Span): StarlarkError {
    return new StarlarkError(message, this.#source, span);
  }
}

const FORBIDDEN_IN_TYPES: Partial<Record<Expression["kind"], string>> = {
  literal: "string literal expression",
  lambda: "lambda expression",
  call: "call expression",
  conditional: "if expression",
  comprehension: "list comprehension",
};

type Composite = Exclude<Expression, { kind: "name" | "literal" | "ellipsis" | "format" | "comprehension" | "lambda" }>;

function children(expression: Composite): readonly Expression[] {
  switch (expression.kind) {
    case "tuple":
    case "list":
      return expression.items;
    case "dict":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "unary":
      return [expression.operand];
    case "chain":
      return [expression.first, ...expression.rest.map((link) => link.operand)];
    case "compare":
      return [expression.left, expression.right];
    case "logical":
      return expression.operands;
    case "conditional":
      return [expression.condition, expression.yes, expression.no];
    case "call":
      return [expression.callee, ...expression.args.map((arg) => arg.value)];
    case "dot":
      return [expression.object];
    case "index":
      return [expression.object, expression.index];
    case "slice":
      return [expression.object, expression.from, expression.to, expression.step].filter((part) => part !== null);
  }
}

/** Names assigned in a block itself: not in functions inside it, and not by comprehensions. */
function assignedNames(statements: readonly Statement[], names: Set<string> = new Set()): Set<string> {
  for (const statement of statements) {
    switch (statement.kind) {
      case "assign":
      case "augment":
        addTargets(statement.target, names);
        break;
      case "for":
        addTargets(statement.target, names);
        assignedNames(statement.body, names);
        break;
      case "if":
        for (const branch of statement.branches) assignedNames(branch.body, names);
        assignedNames(statement.otherwise, names);
        break;
      case "def":
        names.add(statement.definition.name);
        break;
      case "load":
        for (const name of statement.names) names.add(name);
        break;
      case "expression":
      case "return":
      case "break":
      case "continue":
      case "pass":
        break;
    }
  }
  return names;
}

function addTargets(target: Target, names: Set<string>): void {
  if (target.kind === "name") names.add(target.name);
  if (target.kind === "unpack") for (const inner of target.targets) addTargets(inner, names);
}

/** Runs a parsed source: statements, expressions and calls. */

import { annotationMismatch, bind, type CallArguments, spreadNamed } from "./signature.js";
import { assign, placeOf, type Steps } from "./assigning.js";
import { lookUp } from "./variables.js";
import { typeCheck } from "./annotations.js";
import { CallStack } from "./call-stack.js";
import { getEntry, setEntry } from "./dicts.js";
import { OperationError } from "./errors.js";
import { iterate, slice, toArray, unsupported } from "./iterating.js";
import type { Budget } from "./limits.js";
import { findMethod } from "./methods.js";
import { addInPlace, binary, subscript, test, unary } from "./operators.js";
import { repr, str } from "./printing.js";
import type { Scopes } from "./scope.js";
import type { Source, Span } from "./source.js";
import type { Call, Comprehension, Definition, Expression, Parameter, Statement } from "./syntax.js";
import {
  Builtin,
  Closure,
  Dict,
  Ellipsis,
  type Host,
  List,
  type Scope,
  type SignatureParameter,
  sizeOf,
  truth,
  Tuple,
  typeName,
  type Value,
} from "./values.js";

/** How a statement left off; null when it went through. */
type Outcome = null | "break" | "continue" | { readonly returned: Value; readonly span: Span };

/** One run of one source. */
export class Evaluator {
  readonly #sourceName: string;
  readonly #scopes: Scopes;
  readonly #budget: Budget;
  readonly #host: Host;
  readonly #stack: CallStack;
  readonly #steps: Steps;

  constructor(source: Source, scopes: Scopes, budget: Budget) {
    this.#sourceName = source.name;
    this.#stack = new CallStack(source);
    this.#scopes = scopes;
    this.#budget = budget;
    this.#steps = {
      budget,
      evaluate: (expression, scope) => this.#evaluate(expression, scope),
      located: (span, step) => this.#stack.located(span, step),
    };
    this.#host = {
      budget,
      call: (callee, args) => this.#apply(callee, { positional: args, named: new Map() }, null),
      line: () => this.#stack.line(),
    };
  }

  /** Runs the statements of the module. Throws {@link StarlarkError}. */
  run(statements: readonly Statement[], globals: ReadonlyMap<string, Value>): void {
    const outer: Scope = { declared: new Set(globals.keys()), values: new Map(globals), parent: null };
    this.#block(statements, { declared: this.#scopes.module, values: new Map(), parent: outer });
  }

  // Statements

  #block(statements: readonly Statement[], scope: Scope): Outcome {
    for (const statement of statements) {
      const outcome = this.#statement(statement, scope);
      if (outcome !== null) return outcome;
    }
    return null;
  }

  #statement(statement: Statement, scope: Scope): Outcome {
    try {
      this.#stack.enter();
      this.#budget.spend(1);
      return this.#execute(statement, scope);
    } catch (error) {
      throw this.#stack.placed(error, statement);
    } finally {
      this.#stack.leave();
    }
  }

  #execute(statement: Statement, scope: Scope): Outcome {
    switch (statement.kind) {
      case "expression":
        this.#evaluate(statement.value, scope);
        return null;
      case "assign":
        this.#assignStatement(statement, scope);
        return null;
      case "augment":
        this.#augment(statement, scope);
        return null;
      case "if": {
        const branch = statement.branches.find(({ condition }) => truth(this.#evaluate(condition, scope)));
        return this.#block(branch?.body ?? statement.otherwise, scope);
      }
      case "for":
        return this.#loop(statement, scope);
      case "def":
        scope.values.set(statement.definition.name, this.#closure(statement.definition, scope));
        return null;
      case "return":
        return {
          returned: statement.value === null ? null : this.#evaluate(statement.value, scope),
          span: statement,
        };
      case "break":
      case "continue":
        return statement.kind;
      case "pass":
        return null;
      case "load":
        throw new OperationError(
          `No imports are available, you tried \`${statement.module}\` (no call to \`Evaluator.set_loader\`)`,
        );
    }
  }

  #assignStatement({ target, type, value }: Statement & { kind: "assign" }, scope: Scope): void {
    const assigned = this.#evaluate(value, scope);
    if (type !== null) {
      this.#stack.located(type, () => {
        const check = typeCheck(type);
        if (!check.accepts(assigned, this.#budget))
          throw annotationMismatch(assigned, check, "return type", this.#budget);
      });
    }
    assign(target, assigned, scope, this.#steps);
  }

  #augment({ target, operator, value }: Statement & { kind: "augment" }, scope: Scope): void {
    const place = placeOf(target, scope, this.#steps);
    const current = place.read();
    const operand = this.#evaluate(value, scope);
    const changed = operator === "+" ? addInPlace(current, operand, this.#budget) : null;
    place.write(changed ?? binary(operator, current, operand, this.#budget));
  }

  #loop({ target, iterable, body }: Statement & { kind: "for" }, scope: Scope): Outcome {
    for (const item of iterate(this.#evaluate(iterable, scope), this.#budget)) {
      assign(target, item, scope, this.#steps);
      const outcome = this.#block(body, scope);
      if (outcome === "break") return null;
      if (outcome !== null && outcome !== "continue") return outcome;
    }
    return null;
  }

  // Expressions

  #evaluate(expression: Expression, scope: Scope): Value {
    try {
      this.#stack.enter();
      return this.#value(expression, scope);
    } catch (error) {
      throw this.#stack.placed(error, expression);
    } finally {
      this.#stack.leave();
    }
  }

  #value(expression: Expression, scope: Scope): Value {
    switch (expression.kind) {
      case "name":
        return lookUp(expression.name, scope);
      case "literal":
        return expression.value;
      case "ellipsis":
        return new Ellipsis();
      case "format":
        return expression.parts
          .map((part) => (typeof part === "string" ? part : this.#formatField(part, scope)))
          .join("");
      case "tuple":
        return new Tuple(expression.items.map((item) => this.#evaluate(item, scope)));
      case "list":
        return new List(expression.items.map((item) => this.#evaluate(item, scope)));
      case "dict":
        return this.#dict(expression, scope);
      case "comprehension":
        return this.#comprehension(expression, scope);
      case "unary":
        return unary(expression.operator, this.#evaluate(expression.operand, scope));
      case "chain":
        return this.#chain(expression, scope);
      case "compare":
        return test(
          expression.operator,
          this.#evaluate(expression.left, scope),
          this.#evaluate(expression.right, scope),
          this.#budget,
        );
      case "logical":
        return this.#logical(expression, scope);
      case "conditional":
        return this.#evaluate(
          truth(this.#evaluate(expression.condition, scope)) ? expression.yes : expression.no,
          scope,
        );
      case "call":
        return this.#call(expression, scope);
      case "dot":
        return findMethod(this.#evaluate(expression.object, scope), expression.name);
      case "index": {
        const object = this.#evaluate(expression.object, scope);
        if (isBareTuple(expression.index)) throw unsupported("[,]", object);
        return subscript(object, this.#evaluate(expression.index, scope), this.#budget);
      }
      case "slice": {
        const part = (bound: Expression | null) => (bound === null ? null : this.#evaluate(bound, scope));
        const object = this.#evaluate(expression.object, scope);
        return slice(object, [part(expression.from), part(expression.to), part(expression.step)], this.#budget);
      }
      case "lambda":
        return this.#closure(expression.definition, scope);
    }
  }

  #formatField({ name, conversion }: { name: Expression; conversion: "str" | "repr" }, scope: Scope): string {
    const value = this.#evaluate(name, scope);
    const text = conversion === "repr" ? repr(value, this.#budget) : str(value, this.#budget);
    this.#budget.spendSize(text.length);
    return text;
  }

  #dict({ entries }: Expression & { kind: "dict" }, scope: Scope): Dict {
    const dict = new Dict();
    for (const { key, value } of entries) {
      const evaluated = this.#evaluate(key, scope);
      this.#stack.located(key, () => {
        if (getEntry(dict, evaluated, this.#budget) === undefined) return;
        throw new OperationError(`Dictionary key repeated for \`${repr(evaluated, this.#budget)}\``);
      });
      setEntry(dict, evaluated, this.#evaluate(value, scope), this.#budget);
    }
    return dict;
  }

  #chain(expression: Expression & { kind: "chain" }, scope: Scope): Value {
    let result = this.#evaluate(expression.first, scope);
    for (const { operator, operand } of expression.rest) {
      const right = this.#evaluate(operand, scope);
      const span = { start: expression.start, end: operand.end };
      result = this.#stack.located(span, () => binary(operator, result, right, this.#budget));
    }
    return result;
  }

  #logical({ operator, operands }: Expression & { kind: "logical" }, scope: Scope): Value {
    let result: Value = null;
    for (const operand of operands) {
      result = this.#evaluate(operand, scope);
      if (truth(result) === (operator === "or")) return result;
    }
    return result;
  }

  #comprehension(comprehension: Comprehension, outer: Scope): Value {
    const declared = this.#scopes.of.get(comprehension) ?? new Set();
    const scope: Scope = { declared, values: new Map(), parent: outer };
    const items: Value[] = [];
    const dict = new Dict();
    const collect = () => {
      this.#budget.spend(1);
      const key = comprehension.key === null ? null : this.#evaluate(comprehension.key, scope);
      const value = this.#evaluate(comprehension.value, scope);
      if (comprehension.key === null) items.push(value);
      else setEntry(dict, key, value, this.#budget);
    };
    this.#clauses(comprehension, 0, { inner: scope, first: outer }, collect);
    return comprehension.key === null ? new List(items) : dict;
  }

  #clauses(
    comprehension: Comprehension,
    index: number,
    scopes: { readonly inner: Scope; readonly first: Scope },
    collect: () => void,
  ): void {
    const clause = comprehension.clauses[index];
    if (clause === undefined) return collect();
    const next = () => this.#clauses(comprehension, index + 1, scopes, collect);
    if (clause.kind === "if") {
      if (truth(this.#evaluate(clause.condition, scopes.inner))) next();
      return;
    }
    const iterable = this.#evaluate(clause.iterable, index === 0 ? scopes.first : scopes.inner);
    for (const item of this.#stack.located(clause.iterable, () => iterate(iterable, this.#budget))) {
      assign(clause.target, item, scopes.inner, this.#steps);
      next();
    }
  }

  // Functions

  #closure(definition: Definition, scope: Scope): Closure {
    let keywordOnly = false;
    const parameters: SignatureParameter[] = [];
    for (const parameter of definition.parameters) {
      if (parameter.form !== "separator") parameters.push(this.#parameter(parameter, keywordOnly, scope));
      keywordOnly ||= parameter.form === "separator" || parameter.form === "list";
    }
    const name = `${this.#sourceName}.${definition.name}`;
    const returns = definition.returns === null ? null : typeCheck(definition.returns);
    return new Closure(definition, { name, parameters, fromSource: true }, scope, returns);
  }

  #parameter({ form, name, type, default: value }: Parameter, named: boolean, scope: Scope): SignatureParameter {
    return {
      name,
      form: form === "list" ? "rest" : form === "dict" ? "restNamed" : named ? "named" : "both",
      default: value === null ? undefined : this.#evaluate(value, scope),
      required: form === "plain" && value === null,
      type: type === null || form !== "plain" ? null : typeCheck(type),
    };
  }

  #call(call: Call, scope: Scope): Value {
    const callee = call.callee.kind === "dot" ? this.#value(call.callee, scope) : this.#evaluate(call.callee, scope);
    const positional: Value[] = [];
    const named = new Map<string, Value>();
    for (const arg of call.args) {
      const value = this.#evaluate(arg.value, scope);
      if (arg.form === "positional") positional.push(value);
      else if (arg.form === "named") named.set(arg.name, value);
      else if (arg.form === "list") for (const item of toArray(value, this.#budget)) positional.push(item);
      else spreadNamed(value, named);
    }
    return this.#apply(callee, { positional, named }, call);
  }

  /** @param span the call in the source; null when a builtin makes it */
  #apply(callee: Value, args: CallArguments, span: Span | null): Value {
    this.#budget.spend(1);
    return this.#stack.call(span, calleeName(callee), () => {
      if (callee instanceof Closure) return this.#callClosure(callee, args);
      if (callee instanceof Builtin) return this.#callBuiltin(callee, args);
      throw unsupported("call()", callee);
    });
  }

  #callBuiltin(builtin: Builtin, args: CallArguments): Value {
    for (const value of args.positional) this.#budget.spendSize(sizeOf(value));
    const result = builtin.run(bind(builtin.signature, args, this.#budget), this.#host);
    this.#budget.spendSize(sizeOf(result));
    return result;
  }

  #callClosure(closure: Closure, args: CallArguments): Value {
    const { definition, signature, scope, returns } = closure;
    const declared = this.#scopes.of.get(definition) ?? new Set();
    const values = bind(signature, args, this.#budget);
    const outcome = this.#block(definition.body, { declared, values, parent: scope });
    const { returned, span } =
      outcome !== null && typeof outcome === "object" ? outcome : { returned: null, span: definition };
    if (returns === null || returns.accepts(returned, this.#budget)) return returned;
    return this.#stack.located(span, () => {
      throw annotationMismatch(returned, returns, "return type", this.#budget);
    });
  }
}

/** `x[a, b]`, which only annotations know: a tuple in parentheses begins before its first item. */
function isBareTuple(index: Expression): boolean {
  return index.kind === "tuple" && index.items[0]?.start === index.start;
}

function calleeName(callee: Value): string {
  if (callee instanceof Closure) return callee.definition.name;
  return callee instanceof Builtin ? callee.name : typeName(callee);
}

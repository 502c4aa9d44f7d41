/** Evaluates `${{ }}` expressions with GitHub's rules of truth, comparison and conversion. */
import { type Expression, parseExpression } from './expression-syntax.ts';

export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** How the job has gone so far; `job.status` says the same word. */
export type Status = 'success' | 'failure' | 'cancelled';

/** The contexts (`github`, `env`, `steps`, ...) and the status that `always()` and its kin look at. */
export interface Scope {
  readonly contexts: Readonly<Record<string, Value>>;
  /** `skipped`: a job that this one needs did not run, which is neither success nor failure. */
  readonly status: Status | 'skipped';
}

const TEMPLATE = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;
const STATUS_FUNCTION = /\b(?:always|cancelled|failure|success)\s*\(/i;

/** Replaces every `${{ }}` in a text. */
export function interpolate(text: string, scope: Scope): string {
  return text.replace(TEMPLATE, (_whole, source: string) => toText(evaluate(source, scope)));
}

/** As `interpolate`, but a text that is nothing but one expression keeps its value's type, for `fromJSON` matrices. */
export function interpolateValue(text: string, scope: Scope): Value {
  const trimmed = text.trim();
  const [whole, source] = [...trimmed.matchAll(TEMPLATE)][0] ?? [];
  return whole === trimmed && source !== undefined ? evaluate(source, scope) : interpolate(text, scope);
}

/** Decides an `if:`, which may stand without `${{ }}` and implies `success()` where no status function is called. */
export function holds(condition: string, scope: Scope): boolean {
  const bare = condition.trim().replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  if (bare === '') return scope.status === 'success';
  return (STATUS_FUNCTION.test(bare) || scope.status === 'success') && truthy(evaluate(bare, scope));
}

/** The value of one expression. */
export function evaluate(source: string, scope: Scope): Value {
  return reduce(parseExpression(source), scope);
}

function reduce(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'name': {
      const context = member(scope.contexts, expression.name);
      if (context === undefined) throw new Error(`Unrecognized named-value: '${expression.name}'`);
      return context;
    }
    case 'index':
      return indexed(expression, scope);
    case 'not':
      return !truthy(reduce(expression.operand, scope));
    case 'binary':
      return binary(expression.operator, reduce(expression.left, scope), () =>
        reduce(expression.right, scope),
      );
    case 'call':
      return call(
        expression.name,
        expression.args.map((argument) => reduce(argument, scope)),
        scope.status,
      );
  }
}

function indexed({ of, key }: Expression & { kind: 'index' }, scope: Scope): Value {
  const value = reduce(of, scope);
  if (key === '*') return isObject(value) ? Object.values(value) : Array.isArray(value) ? value : [];
  const name = reduce(key, scope);
  if (Array.isArray(value)) {
    if (typeof name === 'number') return value[name] ?? null;
    // `things.*.name`: the filter made an array, and a key picks from each of its entries.
    return value.filter(isObject).map((entry) => member(entry, toText(name)) ?? null);
  }
  return isObject(value) ? (member(value, toText(name)) ?? null) : null;
}

/** Names compare without case. An exact match comes first, since `env` may hold both spellings. */
function member(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  if (Object.hasOwn(record, name)) return record[name];
  const key = Object.keys(record).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : record[key];
}

function binary(operator: string, left: Value, right: () => Value): Value {
  if (operator === '&&') return truthy(left) ? right() : left;
  if (operator === '||') return truthy(left) ? left : right();
  if (operator === '==') return equal(left, right());
  if (operator === '!=') return !equal(left, right());
  const [a, b] = comparable(left, right());
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  return operator === '>' ? a > b : a >= b;
}

function equal(left: Value, right: Value): boolean {
  if (typeof left === 'object' && left !== null) return left === right;
  if (typeof right === 'object' && right !== null) return false;
  const [a, b] = comparable(left, right);
  return a === b;
}

/** Texts compare without case; values of different types compare as numbers. */
function comparable(left: Value, right: Value): [string, string] | [number, number] {
  if (typeof left === 'string' && typeof right === 'string') return [left.toUpperCase(), right.toUpperCase()];
  return [toNumber(left), toNumber(right)];
}

function call(name: string, args: readonly Value[], status: Scope['status']): Value {
  const [first = null, second = null] = args;
  switch (name) {
    case 'always':
      return true;
    case 'success':
    case 'failure':
    case 'cancelled':
      return status === name;
    case 'contains':
      return Array.isArray(first)
        ? first.some((entry) => equal(entry, second))
        : toText(first).toUpperCase().includes(toText(second).toUpperCase());
    case 'startswith':
      return toText(first).toUpperCase().startsWith(toText(second).toUpperCase());
    case 'endswith':
      return toText(first).toUpperCase().endsWith(toText(second).toUpperCase());
    case 'format':
      return format(toText(first), args.slice(1));
    case 'join':
      return (Array.isArray(first) ? first : [first])
        .map(toText)
        .join(args.length > 1 ? toText(second) : ',');
    case 'tojson':
      return JSON.stringify(first, undefined, 2);
    case 'fromjson':
      return JSON.parse(toText(first)) as Value;
    default:
      throw new Error(`Unrecognized function: '${name}'`);
  }
}

function format(template: string, args: readonly Value[]): string {
  return template.replace(/\{\{|\}\}|\{(\d+)\}/g, (match, index: string | undefined) =>
    index === undefined ? match.slice(0, 1) : toText(args[Number(index)] ?? null),
  );
}

function truthy(value: Value): boolean {
  return !(value === false || value === null || value === '' || value === 0 || Number.isNaN(value));
}

function toNumber(value: Value): number {
  if (typeof value === 'object' && value !== null) return Number.NaN;
  return Number(value);
}

/** A value in the midst of a text. */
export function toText(value: Value): string {
  if (value === null) return '';
  if (Array.isArray(value)) return 'Array';
  return typeof value === 'object' ? 'Object' : String(value);
}

function isObject(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Evaluates `${{ }}` expressions with GitHub's own grammar and rules. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { truthy } from '@actions/expressions/result';

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
  return text.replace(TEMPLATE, (_whole, source: string) => reduce(source, scope).coerceString());
}

/** Decides an `if:`, which may stand without `${{ }}` and implies `success()` where no status function is called. */
export function holds(condition: string, scope: Scope): boolean {
  const bare = condition.trim().replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  if (bare === '') return scope.status === 'success';
  return (STATUS_FUNCTION.test(bare) || scope.status === 'success') && truthy(reduce(bare, scope));
}

function reduce(source: string, { contexts, status }: Scope): data.ExpressionData {
  const functions = ['always', 'success', 'failure', 'cancelled'].map((name) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(name === 'always' || name === status),
  }));
  const { tokens } = new Lexer(source).lex();
  const expression = new Parser(tokens, Object.keys(contexts), functions).parse();
  // The parser's type does not say so.
  if (expression === undefined) throw new Error('An expression is empty');
  const known = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(expression, known, new Map(functions.map((one) => [one.name, one]))).evaluate();
}

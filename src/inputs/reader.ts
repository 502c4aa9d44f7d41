import type { Credential, Mode } from '../request.ts';

/** What is wrong with a text, each as a sentence without its subject, the name of the input. */
export class Faults {
  readonly sentences: readonly string[];

  constructor(...sentences: readonly string[]) {
    this.sentences = sentences;
  }
}

export interface Context {
  /** A value as a sentence may repeat it. */
  quote(value: string): string;
  /** Whether one of the step's secrets stands in this text. */
  holdsSecret(text: string): boolean;
  /** `undefined` when the step names none that exists. */
  readonly mode: Mode | undefined;
  /** Likewise. */
  readonly credential: Credential | undefined;
}

/** Makes the value of an input from its text. */
export type Reader<Value> = (text: string, context: Context) => Value | Faults;

/** Any text, as it is. */
export const anyText: Reader<string> = (text) => text;

/** `true` or `false` in the spellings of YAML 1.2, as `core.getBooleanInput` takes them. */
export const boolean: Reader<boolean> = (text, { quote }) => {
  if (/^(true|True|TRUE)$/.test(text)) return true;
  return /^(false|False|FALSE)$/.test(text)
    ? false
    : new Faults(`is ${quote(text)}: write \`true\` or \`false\`.`);
};

/** One of a closed set of words. */
export function choice<const Choice extends string>(choices: readonly Choice[]): Reader<Choice> {
  return (text, { quote }) =>
    choices.find((candidate) => candidate === text) ??
    new Faults(`is ${quote(text)}, which does not exist: choose ${nameAll(choices, 'or')}.`);
}

/** A whole number from 0 to `max`. */
export function wholeNumber(max: number): Reader<number> {
  return (text, { quote }) =>
    /^\d{1,9}$/.test(text) && Number(text) <= max
      ? Number(text)
      : new Faults(`is ${quote(text)}: write a whole number from 0 to ${max}.`);
}

/** Reads one way for API keys and another way for service accounts. */
export function byCredential<Key, Account>(
  apiKey: Reader<Key>,
  serviceAccount: Reader<Account>,
): Reader<Key | Account> {
  return (text, context) =>
    context.credential === 'serviceAccount' ? serviceAccount(text, context) : apiKey(text, context);
}

/** How many superseded secrets of a service account stay alive. */
export const keptSecrets: Reader<number> = (text, { quote }) =>
  text === '0' || text === '1'
    ? Number(text)
    : new Faults(
        `is ${quote(text)}, but a service account has two secrets at most, so one can be kept beside the new one: write \`0\` or \`1\`.`,
      );

/** The environment as the runner hands it over: inputs are `INPUT_<NAME>`, everything else as it is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable, trimmed; empty when it is not set. */
export function readVariable(environment: Environment, name: string): string {
  return environment[name]?.trim() ?? '';
}

/** Where `core.getInput` looks. */
export function inputVariable(name: string): string {
  return `INPUT_${name.toUpperCase()}`;
}

export interface List {
  readonly items: readonly string[];
  /** What stood there more than once. */
  readonly repeated: readonly string[];
}

/** Items one a line or separated by commas, in their order, each once. */
export function parseList(text: string): List {
  const all = text
    .split(/[,\r\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const items = [...new Set(all)];
  return { items, repeated: items.filter((item) => all.indexOf(item) !== all.lastIndexOf(item)) };
}

/** Reads each item of a list; what is wrong with any of them is told. */
export function listOf<Item>(readItem: Reader<Item>): Reader<readonly Item[]> {
  return (text, context) => {
    const read = parseList(text).items.map((item) => readItem(item, context));
    const faults = read.flatMap((one) => (one instanceof Faults ? one.sentences : []));
    return faults.length > 0 ? new Faults(...faults) : (read as Item[]);
  };
}

const LONGEST = 60;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;
const SERVICE_ACCOUNT_SECRET = /mdb_sa_sk_/i;
const PASSWORD_IN_URL = /:\/\/[^/\s]*@/;
const GITHUB_TOKEN = /gh[a-z]_\w{16}|github_pat_/i;

/** Whether a text has the form of a secret that people paste into the wrong field. */
export function looksLikeSecret(text: string): boolean {
  return [UUID, SERVICE_ACCOUNT_SECRET, PASSWORD_IN_URL, GITHUB_TOKEN].some((form) => form.test(text));
}

/**
 * An input's value for an error message: without control characters, cut, and withheld when it holds one of
 * these secrets or looks like one.
 */
export function quote(value: string, secrets: readonly string[] = []): string {
  if (looksLikeSecret(value) || secrets.some((secret) => value.includes(secret))) {
    return '(not shown: it looks like a secret)';
  }
  const characters = [...value.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')];
  return characters.length <= LONGEST
    ? `"${characters.join('')}"`
    : `"${characters.slice(0, LONGEST - 1).join('')}…"`;
}

/** `a`, `b` and `c`, as names in a sentence. */
export function nameAll(names: readonly string[], conjunction: 'and' | 'or'): string {
  const marked = names.map((name) => `\`${name}\``);
  const last = marked.slice(-1).join('');
  return marked.length < 2 ? last : `${marked.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

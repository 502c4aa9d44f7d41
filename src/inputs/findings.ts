import type { Credential, Mode } from '../request.ts';

/** The environment as the runner hands it over: inputs are `INPUT_<NAME>`, everything else as it is. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable, trimmed; empty when it is not set. */
export function readVariable(environment: Environment, name: string): string {
  return environment[name]?.trim() ?? '';
}

/** An input's text, from where `core.getInput` looks. */
export function readInput(environment: Environment, name: string): string {
  return readVariable(environment, `INPUT_${name.toUpperCase()}`);
}

/** Makes the value of an input from its text. After a fault the value is never used, so there may be none. */
export type Reader<Value> = (text: string, context: Context) => Value | undefined;

/** What a reader is handed besides the text. The name of the input is put before each sentence that it tells. */
export interface Context {
  /** `undefined` when the step names none that exists. */
  readonly mode: Mode | undefined;
  /** Likewise. */
  readonly credential: Credential | undefined;
  quote(value: string): string;
  holdsSecret(text: string): boolean;
  fault(sentence: string): undefined;
  warning(sentence: string): void;
}

/** All that is wrong with the inputs, told at once; no sentence ever holds a secret. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** How much of a value is quoted, in characters. */
const LONGEST = 60;

// Shorter secrets are found in innocent texts by chance.
const TELLING_LENGTH = 8;

/** What reading the inputs turns up, collected so that all of it can be told at once. */
export class Findings {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  readonly notices: string[] = [];
  readonly #secrets: readonly string[];
  readonly #telling: readonly string[];

  /** @param secrets values that no sentence may repeat */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
    this.#telling = secrets.filter((secret) => secret.length >= TELLING_LENGTH);
  }

  /** A value as a sentence may repeat it: one line, cut, and withheld when it is like a secret or holds one. */
  readonly quote = (value: string): string => {
    if (looksLikeSecret(value) || this.#secrets.some((secret) => value.includes(secret))) {
      return '(not shown: it looks like a secret)';
    }
    const characters = [...value.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')];
    return characters.length <= LONGEST
      ? `"${characters.join('')}"`
      : `"${characters.slice(0, LONGEST - 1).join('')}…"`;
  };

  /** What the reader of this input, or variable, is handed. */
  contextOf(name: string, { mode, credential }: Partial<Pick<Context, 'mode' | 'credential'>>): Context {
    return {
      mode,
      credential,
      quote: this.quote,
      holdsSecret: (text) => this.#telling.some((secret) => text.includes(secret)),
      fault: (sentence) => void this.problems.push(`\`${name}\` ${sentence}`),
      warning: (sentence) => void this.warnings.push(`\`${name}\` ${sentence}`),
    };
  }

  /** Takes secrets out of all that is told. `quote` is not enough: a suggestion is made of what the user wrote, too. */
  withoutSecrets(sentences: readonly string[]): string[] {
    return sentences.map((sentence) =>
      this.#telling.reduce((text, secret) => text.replaceAll(secret, '***'), sentence),
    );
  }
}

export const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i;

/** What holds a private key, a client secret, a password in a URL, or a token of GitHub. */
const SECRETS = [UUID, /mdb_sa_sk_/i, /:\/\/[^/\s]*@/, /gh[a-z]_\w{16}|github_pat_/i];

/** Whether a text has the form of a secret that people paste into the wrong field. */
export function looksLikeSecret(text: string): boolean {
  return SECRETS.some((form) => form.test(text));
}

/** `a`, `b` and `c`, as names in a sentence. */
export function nameAll(names: readonly string[], conjunction: 'and' | 'or'): string {
  const marked = names.map((name) => `\`${name}\``);
  const last = marked.slice(-1).join('');
  return marked.length < 2 ? last : `${marked.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

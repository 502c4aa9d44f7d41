import { Faults, quote } from './reader.ts';

// Shorter ones are found in innocent texts by chance.
const TELLING_LENGTH = 8;

/** All that is wrong with the inputs, told at once; no sentence ever holds a secret. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

/** What reading the inputs turns up, collected so that all of it can be told at once. */
export class Findings {
  readonly problems: string[] = [];
  readonly warnings: string[] = [];
  readonly notices: string[] = [];
  readonly #secrets: readonly string[];

  /** @param secrets values that no sentence may repeat */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets;
  }

  problem(sentence: string): void {
    this.problems.push(this.#withoutSecrets(sentence));
  }

  warning(sentence: string): void {
    this.warnings.push(this.#withoutSecrets(sentence));
  }

  notice(sentence: string): void {
    this.notices.push(this.#withoutSecrets(sentence));
  }

  /** The value that was read under this name, or `undefined` after its faults were told. */
  accept<Value>(name: string, read: Value | Faults): Value | undefined {
    if (!(read instanceof Faults)) return read;
    for (const sentence of read.sentences) this.problem(`\`${name}\` ${sentence}`);
    return undefined;
  }

  /** A value as a sentence may repeat it. */
  readonly quote = (value: string): string => quote(value, this.#secrets);

  /** Whether one of the secrets stands in this text. */
  readonly holdsSecret = (text: string): boolean => this.#telling().some((secret) => text.includes(secret));

  /** The net below `quote`: a suggestion, too, is made of what the user wrote. */
  #withoutSecrets(sentence: string): string {
    return this.#telling().reduce((text, secret) => text.replaceAll(secret, '***'), sentence);
  }

  #telling(): readonly string[] {
    return this.#secrets.filter((secret) => secret.length >= TELLING_LENGTH);
  }
}

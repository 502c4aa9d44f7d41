import { quote } from './quote.ts';

// Shorter ones are found in innocent texts by chance.
const TELLING_LENGTH = 8;

/**
 * What reading the inputs turns up, collected so that all of it can be told at once. A reader that finds a
 * problem still returns a value of its type, a placeholder: `readRequest` throws before anybody uses it.
 */
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

  /** A value as a sentence may repeat it. */
  quote(value: string): string {
    return quote(value, this.#secrets);
  }

  /** Whether one of the secrets stands in this text. */
  holdsSecret(text: string): boolean {
    return this.#secrets.some((secret) => secret.length >= TELLING_LENGTH && text.includes(secret));
  }

  /** The net below `quote`: a suggestion, too, is made of what the user wrote. */
  #withoutSecrets(sentence: string): string {
    return this.#secrets
      .filter((secret) => secret.length >= TELLING_LENGTH)
      .reduce((text, secret) => text.replaceAll(secret, '***'), sentence);
  }
}

import type { Credential, Mode } from '../request.ts';
import { nameAll } from './quote.ts';

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

/** Secrets of one answer that are masked. An honest answer holds one; many more are an attack on the log. */
const MOST_SECRETS = 20;

/** Values of an answer that are looked at; one that shows a secret for the only time has a few dozen. */
const MOST_VALUES = 10_000;

/** A private key, and a client secret. */
const SHAPES = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|mdb_sa_sk_[\w-]{16,}/gi;

const NAMES: readonly string[] = ['privateKey', 'access_token', 'secret'];
const NAMED = new RegExp(String.raw`"(?:${NAMES.join('|')})"\s*:\s*"((?:[^"\\]|\\.)*)`, 'g');

/**
 * Finds what must be masked in an answer, before anything else is done with it: in its raw text, also when the JSON is
 * broken, cut, or of an odd content type. A redacted value (`********-****-****-01bdd56c8977`) is no secret and is
 * never returned. `created` is for an answer that shows a secret for the only time: it is also read as a parser reads
 * it, and whatever has the shape of a secret is taken. Twenty at most, the outermost ones first.
 */
export function secretsIn(text: string, created: boolean): string[] {
  return allSecretsIn(text, created).slice(0, MOST_SECRETS);
}

/** A piece of an answer, as it was parsed, without any secret of that answer: it goes into errors. */
export function withoutSecrets(piece: string, answer: string): string {
  if (piece === '') return '';
  const secrets = allSecretsIn(answer, true);
  if (secrets.length > MOST_SECRETS) return '***';
  return secrets
    .flatMap((secret) => [secret, secret.toLowerCase()])
    .reduce((text, secret) => text.replaceAll(secret, '***'), piece)
    .replace(SHAPES, '***');
}

/** One more than `MOST_SECRETS` at most. */
function allSecretsIn(text: string, created: boolean): string[] {
  const found = new Set<string>();
  for (const value of candidatesIn(text, created)) {
    if (isSecret(value)) found.add(value);
    if (found.size > MOST_SECRETS) break;
  }
  return [...found];
}

function* candidatesIn(text: string, created: boolean): Generator<string> {
  if (created) yield* parsedSecretsIn(text);
  for (const [, written = ''] of text.matchAll(NAMED)) {
    yield written;
    yield String(parseJson(`"${written}"`) ?? written);
  }
  if (created) for (const [shaped] of text.matchAll(SHAPES)) yield shaped;
}

/** The secrets that a parser finds, the outermost first. */
function* parsedSecretsIn(json: string): Generator<string> {
  const queue: [name: string, value: unknown][] = [['', parseJson(json)]];
  // The queue grows while it is gone through.
  for (const [name, value] of queue) {
    if (typeof value === 'string') {
      if (NAMES.includes(name)) yield value;
      yield* value.match(SHAPES) ?? [];
    } else if (typeof value === 'object' && value !== null)
      queue.push(...Object.entries(value).slice(0, MOST_VALUES - queue.length));
  }
}

/**
 * Whether a value can be a secret at all: masking a short one would blank out half of the log, and one that no
 * header could carry would keep the runner busy for minutes.
 */
function isSecret(value: string): boolean {
  return value.length >= 8 && value.length <= 16_384 && !value.includes('*');
}

/** Braces, brackets and commas: a full page of keys has fewer. What a parser makes of each takes far more memory. */
const MOST_MARKS = 250_000;

/** Whether a parser would make more of this text than of any answer of Atlas or GitHub. */
export function isTooMuch(text: string): boolean {
  return text.split(/[{[,]/, MOST_MARKS).length === MOST_MARKS;
}

/** What a text of JSON says, or undefined where it is broken, or too much. */
export function parseJson(text: string): unknown {
  if (isTooMuch(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

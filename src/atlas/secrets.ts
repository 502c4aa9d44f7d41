/** A create's answer holds one secret, a token's one, and what a refusal repeats of it; more is an attack on the log. */
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
  const secrets = allSecretsIn(answer, true);
  if (secrets.length > MOST_SECRETS) return '***';
  return secrets
    .flatMap((secret) => [secret, secret.toLowerCase()])
    .reduce((text, secret) => text.replaceAll(secret, '***'), piece)
    .replace(SHAPES, '***');
}

function allSecretsIn(text: string, created: boolean): string[] {
  const found = new Set<string>();
  if (created) {
    for (const [name, value] of textsIn(parsed(text))) {
      if (NAMES.includes(name)) found.add(value);
      for (const [shaped] of value.matchAll(SHAPES)) found.add(shaped);
    }
  }
  for (const [, written = ''] of text.matchAll(NAMED)) {
    found.add(written);
    found.add(String(parsed(`"${written}"`) ?? written));
  }
  if (created) for (const [shaped] of text.matchAll(SHAPES)) found.add(shaped);
  return [...found].filter(isSecret);
}

/** The texts in parsed JSON with their names, the outermost first. */
function textsIn(root: unknown): [name: string, text: string][] {
  const texts: [string, string][] = [];
  const queue: [string, unknown][] = [['', root]];
  // The queue grows while it is gone through.
  for (const [name, value] of queue) {
    if (typeof value === 'string') texts.push([name, value]);
    else if (typeof value === 'object' && value !== null)
      queue.push(...Object.entries(value).slice(0, MOST_VALUES - queue.length));
  }
  return texts;
}

/**
 * Whether a value can be a secret at all: masking a short one would blank out half of the log, and one that no
 * header could carry would keep the runner busy for minutes.
 */
function isSecret(value: string): boolean {
  return value.length >= 8 && value.length <= 16_384 && !value.includes('*');
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

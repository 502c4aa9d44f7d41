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

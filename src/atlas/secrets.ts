/**
 * Finds what must be masked in the raw text of an answer, before anything else is done with it: also when the
 * JSON is broken, cut, or of an odd content type. A redacted value (`********-****-****-01bdd56c8977`) is no
 * secret and is never returned. `created` also takes every UUID, for the answer to a create has one secret in
 * it and it looks like that.
 */
export function secretsIn(text: string, created: boolean): string[] {
  const found = new Set<string>();
  for (const [, written = ''] of text.matchAll(/"(?:privateKey|access_token)"\s*:\s*"((?:[^"\\]|\\.)*)/g)) {
    found.add(written);
    found.add(unescaped(written));
  }
  if (created) {
    for (const [uuid] of text.matchAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi)) found.add(uuid);
  }
  return [...found].filter(isSecret);
}

/**
 * Whether a value can be a secret at all: masking a short one would blank out half of the log, and one that no
 * header could carry would keep the runner busy for minutes.
 */
export function isSecret(value: string): boolean {
  return value.length >= 8 && value.length <= 16_384 && !value.includes('*');
}

function unescaped(written: string): string {
  try {
    return String(JSON.parse(`"${written}"`));
  } catch {
    return written;
  }
}

import { AtlasError } from './errors.ts';

/** One challenge of a `WWW-Authenticate` header: https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1 */
export interface Challenge {
  /** Lower case: `digest`, `basic`. */
  readonly scheme: string;
  /** Names in lower case; values without quotes and escapes. */
  readonly parameters: ReadonlyMap<string, string>;
}

// RFC 9110 §5.6.2, §5.6.4 and §11.2. Sticky, and without nested choices of the same character: linear in time.
const SEPARATORS = /[ \t,]*/y;
const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const EQUALS = /[ \t]*=[ \t]*/y;
const QUOTED = /"((?:[\t \x21\x23-\x5b\x5d-\x7e\x80-\uffff]|\\[\t \x21-\x7e\x80-\uffff])*)"/y;
const TOKEN68 = /[ \t]+[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;
const END_OF_ITEM = /[ \t]*(?=,|$)/y;

/**
 * Reads the challenges of a `WWW-Authenticate` header. Several header lines are joined with a comma before.
 * Throws an `AtlasError` of kind `unintelligible` when the text is no list of challenges, or when one names a
 * parameter twice, which RFC 9110 §11.2 forbids: two readers could then see two different challenges.
 */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let position = 0;

  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(header);
    if (found !== null) position = pattern.lastIndex;
    return found;
  };

  take(SEPARATORS);
  while (position < header.length) {
    const name = take(TOKEN)?.[0].toLowerCase();
    if (name === undefined) throw malformed('a name is missing');
    const current = challenges.at(-1);
    if (take(EQUALS) !== null) {
      if (current === undefined) throw malformed('a parameter stands before its scheme');
      if (current.parameters.has(name)) throw malformed('a parameter is given twice');
      current.parameters.set(name, takeValue(take));
      if (take(END_OF_ITEM) === null) throw malformed('a comma is missing');
    } else {
      challenges.push({ scheme: name, parameters: new Map() });
      // What follows a scheme is a token68 (Negotiate), the first parameter, or the next challenge.
      if (take(TOKEN68) === null && !/[ \t,]/.test(header[position] ?? ',')) {
        throw malformed('a scheme is followed by neither a blank nor a comma');
      }
    }
    take(SEPARATORS);
  }
  return challenges;
}

function takeValue(take: (pattern: RegExp) => RegExpExecArray | null): string {
  const quoted = take(QUOTED);
  if (quoted !== null) return quoted[0].slice(1, -1).replace(/\\(.)/gs, '$1');
  const token = take(TOKEN);
  if (token === null) throw malformed('a value is missing or its quotes are not closed');
  return token[0];
}

function malformed(problem: string): AtlasError {
  return new AtlasError(`The WWW-Authenticate header cannot be read: ${problem}.`, {
    kind: 'unintelligible',
  });
}

import type { WireAnswer } from '../wire/wire.ts';
import { isRefusalOfKnownCaller } from './answer.ts';
import type { SignIn } from './client.ts';
import { chooseChallenge, type DigestChallenge, digestAuthorization, parseChallenges } from './digest.ts';
import { waitFor } from './time.ts';

/** A nonce that the server gave, and how often it has been used. Shared by all who sign with it. */
interface Nonce {
  readonly challenge: DigestChallenge;
  uses: number;
}

export interface DigestSession {
  readonly signIn: SignIn;
  /** A session of another key that first tries this session's nonce, which saves the challenge. */
  as(key: { publicKey: string; privateKey: string }): DigestSession;
}

/** How often one call is signed anew, each time with a fresh nonce: stale ones, and servers with one-time ones. */
const MOST_SIGNINGS = 3;

const STALE = /\bstale[ \t]*=[ \t]*"?true/i;

/**
 * Signs in with an API key over HTTP Digest. The first call fetches the challenge, with its own method and
 * path; calls made meanwhile wait for that one. The nonce is then used again with a rising count, and each try
 * is signed anew. `cnonce` gives a fresh client nonce each time.
 */
export function digestSession(
  key: { readonly publicKey: string; readonly privateKey: string },
  cnonce: () => string,
  borrowed?: Nonce,
): DigestSession {
  let current = borrowed;
  let fetching: Promise<void> | undefined;

  const signIn: SignIn = async ({ method, path, deadline }, exchange) => {
    // Set to the nonce that this very call was given: refused with that one, the credentials are wrong.
    let own: Nonce | undefined;

    while (fetching !== undefined) await waitFor(fetching, deadline.signal);
    if (current === undefined) {
      const { promise, resolve } = Promise.withResolvers<void>();
      fetching = promise;
      try {
        const answer = await exchange(undefined);
        if (answer.status !== 401) return answer;
        own = { challenge: challengeOf(answer), uses: 0 };
        current = own;
      } finally {
        fetching = undefined;
        resolve();
      }
    }

    for (let signings = 1; ; signings++) {
      const nonce: Nonce = own ?? current;
      nonce.uses++;
      const signature = digestAuthorization(nonce.challenge, {
        username: key.publicKey,
        password: key.privateKey,
        method,
        uri: path,
        count: nonce.uses,
        cnonce: cnonce(),
      });
      const answer = await exchange(signature);
      if (answer.status !== 401) {
        current = announced(answer, nonce) ?? current;
        return answer;
      }
      const header = answer.headers['www-authenticate'];
      // Atlas answers "not allowed" with 401, too, and signing again would only repeat the refusal. But a stale
      // nonce tells the server nothing about the caller, so then its body does not count.
      if (header === undefined || (isRefusalOfKnownCaller(answer) && !STALE.test(header))) return answer;
      const challenge = challengeOf(answer);
      const refused = own !== undefined && !challenge.stale;
      own = { challenge, uses: 0 };
      current = own;
      if (refused || signings === MOST_SIGNINGS) return answer;
    }
  };

  return { signIn, as: (other) => digestSession(other, cnonce, current) };
}

function challengeOf(answer: WireAnswer): DigestChallenge {
  return chooseChallenge(parseChallenges(answer.headers['www-authenticate'] ?? ''));
}

/** The nonce that the server wants to see next: https://www.rfc-editor.org/rfc/rfc7616#section-3.5 */
function announced(answer: WireAnswer, used: Nonce): Nonce | undefined {
  const nonce = /(?:^|[\s,])nextnonce="([^"\\]+)"/i.exec(answer.headers['authentication-info'] ?? '')?.[1];
  return nonce === undefined ? undefined : { challenge: { ...used.challenge, nonce }, uses: 0 };
}

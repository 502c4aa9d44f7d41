import { describe, expect, it } from 'vitest';
import type { Exchange, SignIn } from '../../src/atlas/client.ts';
import { digestSignIn } from '../../src/atlas/digest.ts';
import { AtlasError } from '../../src/atlas/errors.ts';
import { tokenSession } from '../../src/atlas/oauth.ts';
import type { WireAnswer } from '../../src/wire/wire.ts';

const until = (signal: AbortSignal) => {
  return { signal, remaining: () => 1_000, patience: () => 0, postpone: () => {} };
};
const call = { method: 'GET', path: '/x' };
const key = { publicKey: 'abcdefgh', privateKey: 'secret' };
/** Makes a call with all the time in the world. */
const make = (signIn: SignIn, exchange: Exchange) =>
  signIn(call, exchange, until(new AbortController().signal));

const answer = (status: number, headers = {}, body: unknown = {}): WireAnswer => {
  return { status, headers, text: JSON.stringify(body) };
};
const challenge = (nonce: string, more = '') =>
  answer(
    401,
    { 'www-authenticate': `Digest realm="r", nonce="${nonce}", qop="auth"${more}` },
    { errorCode: 'UNEXPECTED_ERROR' },
  );
/** `nonce:nc` of each signature, or `-` for an unsigned request. */
const seen = (authorization: string | undefined) =>
  authorization === undefined
    ? '-'
    : `${/nonce="(\w+)"/.exec(authorization)?.[1]}:${Number.parseInt(/nc=(\w+)/.exec(authorization)?.[1] ?? '', 16)}`;

function script(...answers: (WireAnswer | Error)[]): { exchange: Exchange; log: string[] } {
  const log: string[] = [];
  const exchange: Exchange = async (authorization) => {
    log.push(seen(authorization));
    const next = answers[log.length - 1] ?? answer(200);
    if (next instanceof Error) throw next;
    return next;
  };
  return { exchange, log };
}

type Row = [what: string, answers: WireAnswer[], statuses: number[], signatures: string[]];
const open = () => digestSignIn(key, {});
const refusal = (parameters = '') => {
  const header = { 'www-authenticate': `Digest realm="r", nonce="b", qop="auth"${parameters}` };
  return answer(401, header, { errorCode: 'NOT_ORG_OWNER' });
};

describe('a digest session', () => {
  const [a, b, c] = [challenge('a'), challenge('b'), challenge('c')];
  const stale = ['a', 'b', 'c', 'd', 'e', 'f'].map((nonce) => challenge(nonce, ', stale=true'));
  it.each<Row>([
    ['ends when every nonce is stale at once', stale, [401], ['-', 'a:1', 'b:1', 'c:1']],
    ['ends after one signature where the credentials are wrong', [a, b, c], [401], ['-', 'a:1']],
    ['returns a refusal that offers nothing more', [a, answer(401)], [401], ['-', 'a:1']],
    ['returns what comes instead of a challenge', [answer(403)], [403], ['-']],
    ['never signs again for a refusal', [a, refusal(', stale="false"')], [401], ['-', 'a:1']],
    [
      'gives a nonce that it did not get itself one more chance',
      [a, answer(200), b],
      [200, 200],
      ['-', 'a:1', 'a:2', 'b:1'],
    ],
    [
      'nor for a refusal that comes with a nonce of another call',
      [a, answer(200), refusal()],
      [200, 401],
      ['-', 'a:1', 'a:2'],
    ],
    ...['stale=true', 'stale = true', 'stale="true"', 'stale =\t"TRUE"'].map(
      (text): Row => [
        `signs anew where a refusal says ${text}`,
        [a, refusal(`, ${text}`)],
        [200],
        ['-', 'a:1', 'b:1'],
      ],
    ),
    ...['qop=auth, nextnonce="next"', 'nextnonce="next", qop=auth', 'qop=auth,NextNonce="next"'].map(
      (info): Row => [
        `takes the nonce that is announced: ${info}`,
        [challenge('a'), answer(200, { 'authentication-info': info })],
        [200, 200],
        ['-', 'a:1', 'next:1'],
      ],
    ),
  ])('%s', async (_what, answers, statuses, expected) => {
    const { exchange, log } = script(...answers);
    const signIn = open();
    for (const status of statuses) expect((await make(signIn, exchange)).status).toBe(status);
    expect(log).toEqual(expected);
  });

  it('says so where nothing is offered at all', async () => {
    const asked = make(open(), script(answer(401)).exchange);
    await expect(asked).rejects.toThrow('No way to sign in is offered');
  });

  it('that fails to fetch the challenge leaves it to the next call that waits', async () => {
    const { exchange, log } = script(new Error('reset'), challenge('a'));
    const signIn = open();
    const calls = await Promise.allSettled([make(signIn, exchange), make(signIn, exchange)]);
    expect(calls.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
    expect(log).toEqual(['-', '-', 'a:1']);
  });

  it('shares its nonce with another key, and both count on', async () => {
    const { exchange, log } = script(challenge('a'));
    const session = {};
    await make(digestSignIn(key, session), exchange);
    await make(digestSignIn({ publicKey: 'other', privateKey: 'x' }, session), exchange);
    await make(digestSignIn(key, session), exchange);
    expect(log).toEqual(['-', 'a:1', 'a:2', 'a:3']);
  });

  it.each([
    ['while it waits', () => AbortSignal.timeout(10)],
    ['before it waits', () => AbortSignal.abort()],
  ])('stops waiting for the challenge of another call when its own time is over %s', async (_when, end) => {
    const signIn = open();
    void make(signIn, () => new Promise(() => {}));
    const waiting = signIn(call, script().exchange, until(end()));
    await expect(waiting).rejects.toMatchObject({ reason: 'aborted', sent: false });
  });
});

describe('a token session', () => {
  const tokens = (...list: (string | AtlasError)[]) => {
    const fetched: string[] = [];
    const fetch = async () => {
      const next = list.shift() ?? 'last';
      fetched.push(String(next));
      await Promise.resolve();
      if (next instanceof AtlasError) throw next;
      return next;
    };
    const revoked: string[] = [];
    const revoke = async (token: string) => void revoked.push(token);
    return { ...tokenSession({ fetch, revoke }), fetched, revoked };
  };

  it('that never was accepted is not renewed', async () => {
    const { signIn, fetched } = tokens('a', 'b');
    const shown: (string | undefined)[] = [];
    const refuse: Exchange = async (authorization) => {
      shown.push(authorization);
      return answer(401);
    };
    expect((await make(signIn, refuse)).status).toBe(401);
    expect([fetched, shown]).toEqual([['a'], ['Bearer a']]);
  });

  it('renews once a call, also where the new token is the old one', async () => {
    const { signIn, fetched } = tokens('a', 'a', 'a');
    await make(signIn, async () => answer(200));
    expect((await make(signIn, async () => answer(401))).status).toBe(401);
    expect(fetched).toEqual(['a', 'a']);
  });

  it('renews once for several calls that see the same expiry, however late', async () => {
    const { signIn, fetched } = tokens('a', 'b', 'c');
    await make(signIn, async () => answer(200));
    const late = Promise.withResolvers<void>();
    const second = make(signIn, async (authorization) => {
      if (authorization !== 'Bearer a') return answer(200);
      await late.promise;
      return answer(401);
    });
    await make(signIn, async (authorization) => answer(authorization === 'Bearer a' ? 401 : 200));
    late.resolve();
    expect((await second).status).toBe(200);
    expect(fetched).toEqual(['a', 'b']);
  });

  it('renews once a call, not for a refusal, and gives back the last, once', async () => {
    const { signIn, end, fetched, revoked } = tokens('a', 'b', 'c');
    await make(signIn, async () => answer(200));
    await make(signIn, async () => answer(401, {}, { errorCode: 'NOT_ORG_OWNER' }));
    expect(fetched).toEqual(['a']);
    await make(signIn, async () => answer(401));
    await Promise.all([end(), end()]);
    expect([fetched, revoked]).toEqual([['a', 'b'], ['b']]);
  });

  it.each(['timeout', 'cancelled'] as const)(
    'fetches again when only the call that fetched ended: %s',
    async (kind) => {
      const { signIn, fetched } = tokens(new AtlasError('over', { kind }), 'b');
      const calls = [1, 2].map(() => make(signIn, async () => answer(200)));
      const outcomes = (await Promise.allSettled(calls)).map(({ status }) => status);
      expect(outcomes).toEqual(['rejected', 'fulfilled']);
      expect(fetched).toHaveLength(2);
    },
  );

  it('fails for all who wait when the account is refused, and has nothing to give back', async () => {
    const refused = new AtlasError('no', { kind: 'credentials' });
    const { signIn, end, fetched, revoked } = tokens(refused, refused);
    const calls = [1, 2].map(() => make(signIn, async () => answer(200)));
    expect((await Promise.allSettled(calls)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await end();
    expect([fetched.length, revoked]).toEqual([1, []]);
  });
});

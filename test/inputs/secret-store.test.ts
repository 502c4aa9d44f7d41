import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/inputs.ts';
import { problemsIn, read, type Spoilt, step } from './workflow.ts';

const TOKEN = { githubToken: 'ghs_0123456789abcdefghij' };

function store(inputs: Spoilt, variables: Environment = {}): unknown {
  const { request } = read(inputs, variables);
  return request.mode === 'ensure' ? request.handover.store : undefined;
}

describe('Actions secrets', () => {
  test('are not asked for by default', () => {
    expect(read().request).not.toHaveProperty('handover.store');
  });

  test('in one secret', () => {
    expect(store({ ...TOKEN, combinedSecret: 'ATLAS_KEY' })).toEqual({
      ...TOKEN,
      repository: 'acme/shop',
      apiUrl: 'https://api.github.com',
      names: { form: 'combined', secret: 'ATLAS_KEY' },
    });
  });

  test('as a pair, in an environment, on Enterprise Server', () => {
    const inputs = {
      ...TOKEN,
      publicKeySecret: 'ATLAS_PUBLIC',
      privateKeySecret: '_private',
      secretEnvironment: 'production / eu',
    };
    expect(store(inputs, { GITHUB_API_URL: 'https://github.acme.example/api/v3/' })).toEqual({
      ...TOKEN,
      repository: 'acme/shop',
      apiUrl: 'https://github.acme.example/api/v3',
      environment: 'production / eu',
      names: { form: 'pair', publicKeySecret: 'ATLAS_PUBLIC', privateKeySecret: '_private' },
    });
  });

  test('may be kept on this machine, for a trial', () => {
    expect(
      store({ ...TOKEN, combinedSecret: 'K' }, { GITHUB_API_URL: 'http://127.0.0.1:8080' }),
    ).toMatchObject({
      apiUrl: 'http://127.0.0.1:8080',
    });
  });

  const NOT_A_NAME = (input: string) =>
    `\`${input}\` is not the name of a secret: give the bare name (letters, digits and \`_\`, no digit first), not \`\${{ secrets.… }}\`.`;
  const NO_NAME =
    '`githubToken` or `secretEnvironment` is given without a name to store the key under: give `combinedSecret`, or `publicKeySecret` and `privateKeySecret`.';
  test.each<[Spoilt, string[]]>([
    [TOKEN, [NO_NAME]],
    [{ ...TOKEN, secretEnvironment: 'production' }, [NO_NAME]],
    [
      { combinedSecret: 'ATLAS_KEY' },
      [
        '`combinedSecret` asks for Actions secrets and `githubToken` is empty: give a token that may write secrets (`GITHUB_TOKEN` may not).',
      ],
    ],
    [
      { publicKeySecret: 'A', privateKeySecret: 'B' },
      [
        '`publicKeySecret` and `privateKeySecret` ask for Actions secrets and `githubToken` is empty: give a token that may write secrets (`GITHUB_TOKEN` may not).',
      ],
    ],
    [
      { ...TOKEN, combinedSecret: 'A', publicKeySecret: 'B', privateKeySecret: 'C' },
      [
        '`combinedSecret` is given together with `publicKeySecret` or `privateKeySecret`: store the key in one way, best `combinedSecret`, which is never half written.',
      ],
    ],
    [
      { ...TOKEN, publicKeySecret: 'A' },
      [
        '`privateKeySecret` is empty, and half a key is of no use: name both secrets, or use `combinedSecret`.',
      ],
    ],
    [
      { ...TOKEN, privateKeySecret: 'A' },
      [
        '`publicKeySecret` is empty, and half a key is of no use: name both secrets, or use `combinedSecret`.',
      ],
    ],
    [
      { ...TOKEN, publicKeySecret: 'KEY', privateKeySecret: 'key' },
      [
        '`publicKeySecret` and `privateKeySecret` name the same secret: one would overwrite the other; give two names.',
      ],
    ],
    [{ ...TOKEN, combinedSecret: '1KEY' }, [NOT_A_NAME('combinedSecret')]],
    [{ ...TOKEN, combinedSecret: 'the-value-of-a-secret' }, [NOT_A_NAME('combinedSecret')]],
    [
      { ...TOKEN, publicKeySecret: 'A B', privateKeySecret: 'ß' },
      [NOT_A_NAME('publicKeySecret'), NOT_A_NAME('privateKeySecret')],
    ],
    [
      { ...TOKEN, combinedSecret: 'github_key' },
      ['`combinedSecret` begins with `GITHUB_`, which GitHub keeps for itself: choose another name.'],
    ],
    [
      { githubToken: 'a\nb', combinedSecret: 'A' },
      [
        '`githubToken` holds a blank, a line break or another character that cannot be part of it: store it again.',
      ],
    ],
    [
      { ...TOKEN, combinedSecret: 'A', secretEnvironment: 'a\nb' },
      ['`secretEnvironment` is not the name of an environment: it has at most 255 characters in one line.'],
    ],
  ])('%j', (inputs, problems) => {
    expect(problemsIn(step(inputs))).toEqual(problems);
  });

  test.each([
    [
      'http://github.acme.example',
      '`GITHUB_API_URL` is "http://github.acme.example", but credentials are sent over `https` only (`http` to this machine aside): write `https://…`.',
    ],
    [
      'https://github.acme.example/api?x',
      '`GITHUB_API_URL` is "https://github.acme.example/api?x", but must end before `?` and `#`.',
    ],
  ])('are not sent to %s', (apiUrl, problem) => {
    expect(problemsIn(step({ ...TOKEN, combinedSecret: 'A' }, { GITHUB_API_URL: apiUrl }))).toEqual([
      problem,
    ]);
  });

  test('leave GITHUB_API_URL alone when nobody asks for them', () => {
    expect(problemsIn(step({}, { GITHUB_API_URL: 'nonsense' }))).toEqual([]);
  });
});

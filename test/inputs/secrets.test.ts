import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Findings, InputError } from '../../src/inputs/findings.ts';
import { readSecrets } from '../../src/inputs/secrets.ts';
import { INPUT_NAMES } from '../../src/inputs/table.ts';
import { readRequest } from '../../src/inputs.ts';
import { CLIENT_ID, CLIENT_SECRET, PRIVATE_KEY, PUBLIC_KEY, problemsIn, read, step } from './workflow.ts';

const anyUnit = fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit));

const OTHER_KEY = '0a1b2c3d-4f89-41d3-9a0c-0305e82c3302';

describe('the secrets', () => {
  test('of all inputs and variables are found, used or not, and nothing else', () => {
    const inputs = {
      atlasClientId: 'mdb_sa_id_1',
      atlasClientSecret: ' s1 ',
      knownPrivateKey: 's2',
      githubToken: 's3',
    };
    const others = {
      MONGODB_ATLAS_CLIENT_SECRET: 's4',
      MONGODB_ATLAS_PRIVATE_KEY: 's5\n',
      GITHUB_TOKEN: 'not ours',
    };
    const cli = { MONGODB_ATLAS_PUBLIC_API_KEY: 'publicab', MONGODB_ATLAS_PRIVATE_API_KEY: 's6' };
    const found = readSecrets(step(inputs, { ...others, ...cli }));
    expect(found.sort()).toEqual([PRIVATE_KEY, 's1', 's2', 's3', 's4', 's5', 's6']);
    expect(readSecrets({})).toEqual([]);
  });

  test.each([`${PUBLIC_KEY}:${PRIVATE_KEY}`, `${CLIENT_ID}:${CLIENT_SECRET}`])(
    'of a combined secret are the whole and its second half: %s',
    (combined) => {
      for (const name of ['INPUT_ATLASPRIVATEKEY', 'INPUT_KNOWNPRIVATEKEY', 'MONGODB_ATLAS_CLIENT_SECRET']) {
        expect(readSecrets({ [name]: combined })).toEqual([combined, combined.split(':')[1]]);
      }
    },
  );

  test('are found where they do not belong', () => {
    const environment = step({ atlasPublicKey: OTHER_KEY, desc: `x ${CLIENT_SECRET} y` });
    expect(readSecrets(environment)).toEqual([PRIVATE_KEY, OTHER_KEY, CLIENT_SECRET]);
  });

  test.each([
    ['http://joe:p%5Ess@proxy.example:3128', ['joe:p%5Ess', 'p%5Ess', 'joe:p^ss', 'p^ss']],
    ['https://joe:p^ss@proxy.example', ['joe:p^ss', 'p^ss', 'joe:p%5Ess', 'p%5Ess']],
    ['joe:pass@proxy.example:3128', ['joe:pass', 'pass']],
    ['http://joe:p@ss@proxy.example', ['joe:p@ss', 'p@ss', 'joe:p%40ss', 'p%40ss']],
    ['socks5://joe:pa%zz@proxy example', ['joe:pa%zz', 'pa%zz']],
    ['http://0a1b2c3d@proxy.example', ['0a1b2c3d']],
    ['http://0a1b2c3d4e:@proxy.example', ['0a1b2c3d4e']],
    ['http://0a1b2c3@proxy.example:3128', []],
    ['http://ci:@proxy.example:3128', []],
    ['http://ci:x@proxy.example:3128', ['ci:x', 'x']],
    ['http://proxy.example:3128', []],
  ])('of the proxy %s', (HTTPS_PROXY, secrets) => {
    expect(readSecrets({ HTTPS_PROXY }).sort()).toEqual([...secrets].sort());
  });
});

describe('no sentence repeats', () => {
  test.each([
    OTHER_KEY.toUpperCase(),
    `xx${OTHER_KEY}xx`,
    CLIENT_SECRET,
    'ghp_0123456789abcdefghij',
    'github_pat_0123',
    'mongodb+srv://joe:hunter22@cluster.example',
  ])('what looks like a secret, wherever it stands: %s', (secret) => {
    // Wherever it is not known to be one.
    const names = INPUT_NAMES.filter((name) => !/^(atlas|known|github)/.test(name));
    const everywhere = Object.fromEntries(names.map((name) => [name, secret]));
    for (const problem of problemsIn(step(everywhere))) expect(problem).not.toContain(secret);
  });

  test('a secret in what it makes of a value', () => {
    const secret = { atlasPrivateKey: '10.1.2.3' };
    const [problem] = problemsIn(step({ ...secret, baseUrl: 'https://10.1.2.3/x' }));
    expect(problem).toContain('write `https://***`');
    expect(read({ ...secret, accessList: '10.1.2.3' }).warnings.join()).toContain('names "***"');
  });

  test('a secret, whatever stands in the inputs', () => {
    const text = fc.oneof(
      fc.string({ minLength: 8 }),
      fc.stringMatching(/^[\w.-]{8,24}$/),
      fc.constant(PRIVATE_KEY),
    );
    const inputs = fc.dictionary(
      fc.constantFrom(...INPUT_NAMES),
      fc.oneof(fc.string(), fc.constantFrom('GROUP_', '/8', '@')),
    );
    fc.assert(
      fc.property(text, fc.subarray([...INPUT_NAMES]), inputs, (secret, pasted, others) => {
        const trimmed = secret.trim();
        fc.pre(trimmed.length >= 8);
        const wrong = Object.fromEntries(pasted.map((name) => [name, `${others[name] ?? ''}${trimmed}`]));
        const environment = step({ ...others, ...wrong, atlasPrivateKey: trimmed });
        try {
          const { warnings, notices } = readRequest(environment);
          for (const sentence of [...warnings, ...notices]) expect(sentence).not.toContain(trimmed);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect(String(error)).not.toContain(trimmed);
        }
      }),
    );
  });
});

describe('a quoted value', () => {
  test.each([
    ['a', '"a"'],
    ['a\u0000\n\u2028::error::b', '"a ::error::b"'],
    ['x'.repeat(60), `"${'x'.repeat(60)}"`],
    ['x'.repeat(61), `"${'x'.repeat(59)}…"`],
    ['😀'.repeat(61), `"${'😀'.repeat(59)}…"`],
    ['a hunter22 b', '(not shown: it looks like a secret)'],
  ])('%j is told as %s', (value, told) => {
    expect(new Findings(['hunter22']).quote(value)).toBe(told);
  });

  test('is one short line of printable text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit, maxLength: 200 }), (value) => {
        const told = new Findings([]).quote(value);
        expect([...told].length).toBeLessThanOrEqual(62);
        expect(told).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

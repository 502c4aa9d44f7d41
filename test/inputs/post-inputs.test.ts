import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPostInputs } from '../../src/inputs.ts';
import { CLIENT_ID, CLIENT_SECRET, PRIVATE_KEY, PUBLIC_KEY, step } from './workflow.ts';

const KEY = { kind: 'apiKey', publicKey: PUBLIC_KEY, privateKey: PRIVATE_KEY };
const VARIABLES = { MONGODB_ATLAS_PUBLIC_KEY: PUBLIC_KEY, MONGODB_ATLAS_PRIVATE_KEY: PRIVATE_KEY };

describe('the post step', () => {
  test('signs in as the main step did', () => {
    expect(readPostInputs(step())).toMatchObject({ credentials: KEY, missing: '', secrets: [PRIVATE_KEY] });
    const both = step({ atlasClientId: CLIENT_ID, atlasClientSecret: CLIENT_SECRET });
    expect(readPostInputs(both).credentials).toMatchObject({ kind: 'serviceAccount' });
  });

  test.each([
    {},
    { INPUT_ATLASPUBLICKEY: PUBLIC_KEY },
    { INPUT_ATLASPUBLICKEY: 'some other', INPUT_ATLASPRIVATEKEY: "action's input" },
    { INPUT_ATLASCLIENTID: PUBLIC_KEY, INPUT_ATLASCLIENTSECRET: PRIVATE_KEY },
  ])('falls back to the environment when its inputs are lost: %j', (inputs) => {
    expect(readPostInputs({ ...inputs, ...VARIABLES }).credentials).toEqual(KEY);
  });

  test('says why it has no credentials', () => {
    expect(readPostInputs({})).toMatchObject({
      credentials: undefined,
      missing:
        "The credentials for Atlas did not reach the post step: neither its inputs nor the environment hold a complete pair (inside composite actions the runner may lose inputs; set the job's `MONGODB_ATLAS_PUBLIC_API_KEY` and `MONGODB_ATLAS_PRIVATE_API_KEY` there).",
      jobStatus: undefined,
      secrets: [],
    });
  });

  test.each([
    ['success', 'success'],
    ['failure', 'failure'],
    ['cancelled', 'cancelled'],
    ['', undefined],
    ['Success', undefined],
  ])('knows how the job went: %j', (status, expected) => {
    expect(readPostInputs({ INPUT_JOBSTATUS: status }).jobStatus).toBe(expected);
  });

  test('finds the proxy for the address that the state names', () => {
    const { proxyFor } = readPostInputs({
      HTTPS_PROXY: 'http://proxy.example:3128',
      NO_PROXY: 'ops.example',
    });
    expect(proxyFor('https://cloud.mongodb.com')).toBe('http://proxy.example:3128/');
    expect(proxyFor('https://ops.example')).toBeUndefined();
  });

  test('never throws, whatever the environment', () => {
    const name = fc.constantFrom(
      'INPUT_ATLASPUBLICKEY',
      'INPUT_ATLASPRIVATEKEY',
      'HTTPS_PROXY',
      'INPUT_JOBSTATUS',
      'INPUT_TTL',
    );
    fc.assert(
      fc.property(fc.dictionary(name, fc.string()), (environment) => {
        expect(typeof readPostInputs(environment).missing).toBe('string');
      }),
    );
  });
});

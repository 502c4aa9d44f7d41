import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPostInputs } from '../../src/inputs.ts';
import { CLIENT_ID, CLIENT_SECRET, PRIVATE_KEY, PUBLIC_KEY, step } from './workflow.ts';

const VARIABLES = { MONGODB_ATLAS_PUBLIC_KEY: PUBLIC_KEY, MONGODB_ATLAS_PRIVATE_KEY: PRIVATE_KEY };

describe('the post step', () => {
  test('finds the secrets of all places, for masks', () => {
    const both = step({ atlasClientId: CLIENT_ID, atlasClientSecret: CLIENT_SECRET });
    expect(readPostInputs({ ...both, ...VARIABLES }).secrets.toSorted()).toEqual(
      [CLIENT_SECRET, PRIVATE_KEY].toSorted(),
    );
    expect(readPostInputs({})).toMatchObject({ jobStatus: undefined, secrets: [] });
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
        expect(Array.isArray(readPostInputs(environment).secrets)).toBe(true);
      }),
    );
  });
});

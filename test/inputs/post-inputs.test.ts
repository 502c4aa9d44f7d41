import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readJobStatus } from '../../src/inputs/run.ts';
import { readSecrets } from '../../src/inputs/secrets.ts';

test.each([
  ['success', 'success'],
  ['failure', 'failure'],
  ['cancelled', 'cancelled'],
  ['', undefined],
  ['Success', undefined],
])('the post step knows how the job went: %j', (status, expected) => {
  expect(readJobStatus({ INPUT_JOBSTATUS: status })).toBe(expected);
});

test('what the post step reads never throws, whatever the environment', () => {
  const name = fc.constantFrom(
    'INPUT_ATLASPUBLICKEY',
    'INPUT_ATLASPRIVATEKEY',
    'HTTPS_PROXY',
    'INPUT_JOBSTATUS',
  );
  fc.assert(
    fc.property(fc.dictionary(name, fc.string()), (environment) => {
      expect(Array.isArray(readSecrets(environment))).toBe(true);
      expect([undefined, 'success', 'failure', 'cancelled']).toContain(readJobStatus(environment));
    }),
  );
});

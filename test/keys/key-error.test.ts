import { expect, it } from 'vitest';
import { KeyError } from '../../src/keys/key-error.ts';

it('an error tells its class, its code and its cause', () => {
  const cause = new Error('why');
  const error = new KeyError('notFound', 'No such key.', { cause });
  expect(String(error)).toBe('KeyError: No such key.');
  expect(error).toMatchObject({ code: 'notFound', cause });
});

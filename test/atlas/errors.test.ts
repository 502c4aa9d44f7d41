import { expect, it } from 'vitest';
import { AtlasError, isAtlasError, messageOf } from '../../src/atlas/errors.ts';

it.each([
  [new Error('it broke'), 'it broke'],
  ['it broke', 'it broke'],
  [undefined, 'undefined'],
])('whatever was thrown has a sentence: %s', (thrown, sentence) => {
  expect(messageOf(thrown)).toBe(sentence);
});

it('an error is told by its kind, and by being one of Atlas', () => {
  const gone = new AtlasError('gone', { kind: 'gone' });
  expect(isAtlasError(gone)).toBe(true);
  expect(isAtlasError(gone, 'gone', 'full')).toBe(true);
  expect(isAtlasError(gone, 'full')).toBe(false);
  expect(isAtlasError(Object.assign(new Error('gone'), { kind: 'gone' }), 'gone')).toBe(false);
});

it('an error has a cause only where there is one', () => {
  expect(new AtlasError('gone', { kind: 'gone' })).not.toHaveProperty('cause');
  expect(new AtlasError('gone', { kind: 'gone', cause: 'x' })).toMatchObject({
    cause: 'x',
    name: 'AtlasError',
  });
});

import { expect, it } from 'vitest';
import { combinations } from './matrix.ts';

it('multiplies the axes, leaves out and adds as GitHub documents it', () => {
  expect(
    combinations({
      fruit: ['apple', 'pear'],
      animal: ['cat', 'dog'],
      exclude: [{ fruit: 'pear', animal: 'dog' }],
      include: [
        { color: 'green' },
        { color: 'pink', animal: 'cat' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    }),
  ).toEqual([
    { fruit: 'apple', animal: 'cat', color: 'pink' },
    { fruit: 'apple', animal: 'dog', color: 'green' },
    { fruit: 'pear', animal: 'cat', color: 'pink' },
    { fruit: 'banana' },
    { fruit: 'banana', animal: 'cat' },
  ]);
});

it('takes includes alone as combinations of their own', () => {
  expect(combinations({ include: [{ a: 1 }, { a: 2 }] })).toEqual([{ a: 1 }, { a: 2 }]);
});

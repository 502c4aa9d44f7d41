import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameAll } from '../../src/inputs/findings.ts';
import { parseList } from '../../src/inputs/readers.ts';

describe('a list', () => {
  test.each([
    ['a,b', ['a', 'b']],
    ['a\nb\n', ['a', 'b']],
    ['a\r\n  b , c\r\n', ['a', 'b', 'c']],
    ['b, a, b, b', ['b', 'a']],
    [' ,\n, ', []],
    ['one item', ['one item']],
  ])('%j', (text, items) => {
    expect(parseList(text)).toEqual(items);
  });

  test('holds each item once, trimmed and not empty, whatever the text', () => {
    const unit = fc.oneof(
      fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
      fc.constantFrom(',', '\n', ' ', 'a'),
    );
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const items = parseList(text);
        expect(new Set(items).size).toBe(items.length);
        expect(items.filter((one) => one === '' || one !== one.trim() || /[,\r\n]/.test(one))).toEqual([]);
      }),
    );
  });
});

test.each([
  [[], ''],
  [['a'], '`a`'],
  [['a', 'b'], '`a` and `b`'],
  [['a', 'b', 'c'], '`a`, `b` and `c`'],
])('%j are named %s', (names, text) => {
  expect(nameAll(names, 'and')).toBe(text);
});

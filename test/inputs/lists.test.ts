import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nameAll, parseList } from '../../src/inputs/reader.ts';

const anyUnit = fc.nat({ max: 0xffff }).map((unit) => String.fromCharCode(unit));

describe('a list', () => {
  test.each([
    ['a,b', ['a', 'b'], []],
    ['a\nb\n', ['a', 'b'], []],
    ['a\r\n  b , c\r\n', ['a', 'b', 'c'], []],
    ['a, b, a, a', ['a', 'b'], ['a']],
    [' ,\n, ', [], []],
    ['one item', ['one item'], []],
  ])('%j', (text, items, repeated) => {
    expect(parseList(text)).toEqual({ items, repeated });
  });

  const item = fc.stringMatching(/^[A-Za-z0-9_./:-]{1,20}$/);

  test('reads back what was joined, by commas or by lines, with any blanks around', () => {
    const separator = fc.constantFrom(',', '\n', '\r\n', ' , ', ',\n', '\n\n');
    fc.assert(
      fc.property(fc.uniqueArray(item), separator, (items, between) => {
        expect(parseList(items.join(between))).toEqual({ items, repeated: [] });
      }),
    );
  });

  test('holds each item once, trimmed and not empty, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyUnit }), (text) => {
        const { items, repeated } = parseList(text);
        expect(new Set(items).size).toBe(items.length);
        expect(items.filter((one) => one === '' || one !== one.trim() || /[,\r\n]/.test(one))).toEqual([]);
        expect(items).toEqual(expect.arrayContaining([...repeated]));
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

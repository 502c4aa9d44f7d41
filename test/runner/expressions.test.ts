import { describe, expect, it } from 'vitest';
import { evaluate, holds, interpolate, interpolateValue, type Status, type Value } from './expressions.ts';
import { expression } from './fixture.ts';

const contexts = {
  env: { A: 'x' },
  steps: { make: { outputs: { id: '42', list: '[1,2]' }, outcome: 'success' } },
  matrix: { n: 3, on: true, none: null, all: [{ v: 1 }, { v: 2 }] },
};

const scope = (status: Status = 'success') => ({ contexts, status });

describe('an expression', () => {
  it.each<[string, Value]>([
    ["'it''s'", "it's"],
    ['steps.make.outputs.id', '42'],
    ['STEPS.make.OUTPUTS.id', '42'],
    ['env.a', 'x'],
    ["steps['make'].outputs.nothing", null],
    ['steps.nobody.outputs.id', null],
    ["steps.make.outcome == 'SUCCESS'", true],
    ['matrix.n >= 3 && matrix.n < 4', true],
    ["matrix.n == '3'", true],
    ['!matrix.on', false],
    ["matrix.none || 'else'", 'else'],
    ["matrix.on && 'yes' || 'no'", 'yes'],
    ["(false || true) && 'a' != 'b'", true],
    ["matrix.none == ''", true],
    ['fromJSON(steps.make.outputs.list)[1]', 2],
    ["join(matrix.all.*.v, '-')", '1-2'],
    ["contains('Hello', 'ELL')", true],
    ["contains(fromJSON('[1,2]'), 2)", true],
    ["startsWith('refs/tags/v1', 'refs/tags')", true],
    ["format('{0} {{{1}}}', 'a', 2)", 'a {2}'],
  ])('%s is %j', (source, value) => {
    expect(evaluate(source, scope())).toEqual(value);
  });

  it.each(['a b', "'open", 'steps.', 'f(', 'nobody.knows', 'nothing()', '', 'a ==', '1 +'])(
    '%j is refused',
    (source) => {
      expect(() => evaluate(source, scope())).toThrow();
    },
  );

  it('is found anywhere in a text', () => {
    const text = `id=${expression('steps.make.outputs.id')} ${expression("'}}'")} ${expression('matrix.none')}.`;
    expect(interpolate(text, scope())).toBe('id=42 }} .');
  });

  it('keeps its type when it is all there is', () => {
    expect(interpolateValue(expression('fromJSON(steps.make.outputs.list)'), scope())).toEqual([1, 2]);
    expect(interpolateValue(`${expression('matrix.n')} ${expression('matrix.n')}`, scope())).toBe('3 3');
  });
});

describe('an if', () => {
  it.each<[string, Status, boolean]>([
    ['true', 'success', true],
    ['true', 'failure', false],
    ['always()', 'cancelled', true],
    ['failure()', 'failure', true],
    ['failure()', 'cancelled', false],
    ["failure() && steps.make.outputs.id == '42'", 'failure', true],
    ['!cancelled()', 'failure', true],
    [expression('success() || failure()'), 'failure', true],
    ["steps.make.outputs.id != '42'", 'success', false],
  ])('%s after %s is %s', (condition, status, result) => {
    expect(holds(condition, scope(status))).toBe(result);
  });
});

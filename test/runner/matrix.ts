import type { Value } from './expressions.ts';

/** One combination of a matrix. */
export type Combination = Readonly<Record<string, Value>>;

/** All combinations of a `strategy.matrix`, after `exclude` and `include`, in GitHub's order. */
export function combinations(matrix: Readonly<Record<string, Value>>): Combination[] {
  const { include = [], exclude = [], ...axes } = matrix;
  let found: Combination[] = [{}];
  for (const [name, values] of Object.entries(axes)) {
    if (!Array.isArray(values)) throw new Error(`matrix.${name}: not a list`);
    found = found.flatMap((combination) => values.map((value: Value) => ({ ...combination, [name]: value })));
  }
  if (Object.keys(axes).length === 0) found = [];
  const left = found.filter((combination) => !listed(exclude).some((entry) => agrees(combination, entry)));
  return included(left, listed(include), Object.keys(axes));
}

/** An entry extends the combinations whose axes it does not contradict; where there is none it is one of its own. */
function included(
  base: readonly Combination[],
  entries: readonly Combination[],
  axes: readonly string[],
): Combination[] {
  const extended = [...base];
  const added: Combination[] = [];
  for (const entry of entries) {
    const onAxes = Object.fromEntries(Object.entries(entry).filter(([name]) => axes.includes(name)));
    const fits = base.map((combination) => agrees(combination, onAxes));
    if (!fits.includes(true)) added.push(entry);
    fits.forEach((fit, index) => {
      if (fit) extended[index] = { ...extended[index], ...entry };
    });
  }
  return [...extended, ...added];
}

function agrees(combination: Combination, entry: Combination): boolean {
  return Object.entries(entry).every(
    ([name, value]) => JSON.stringify(combination[name]) === JSON.stringify(value),
  );
}

function listed(value: Value): Combination[] {
  if (!Array.isArray(value)) throw new Error('matrix: include and exclude are lists');
  return value as Combination[];
}

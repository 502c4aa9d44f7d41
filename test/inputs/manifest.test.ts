import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { INPUTS, type Row } from '../../src/inputs/table.ts';

const root = join(import.meta.dirname, '..', '..');
const manifest: { inputs: Record<string, { description: string; default?: string }> } = parse(
  await readFile(join(root, 'action.yml'), 'utf8'),
);
const rows: readonly (readonly [string, Row])[] = Object.entries(INPUTS);

describe('the table of inputs', () => {
  test('has the inputs of action.yml in the same order, jobStatus last', () => {
    expect(rows.map(([name]) => name)).toEqual(Object.keys(manifest.inputs));
    expect(rows.at(-1)?.[0]).toBe('jobStatus');
  });

  test.each(rows)('has the default that action.yml has and tells: %s', (name, row) => {
    const { default: written, description } = manifest.inputs[name] ?? { description: '' };
    // Only the runner can fill in an expression.
    expect(row.default).toBe(written?.startsWith('$') ? undefined : written);
    expect(description).toContain(row.default === undefined ? 'efault' : `Default \`${row.default}\``);
    if (row.variable !== undefined) expect(description).toContain(`\`${row.variable}\``);
  });
});

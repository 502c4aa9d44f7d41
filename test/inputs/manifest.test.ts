import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INPUT_DEFAULTS } from '../../src/inputs/environment.ts';

test('every input of action.yml is read, with the same default', () => {
  const manifest = readFileSync(new URL('../../action.yml', import.meta.url), 'utf8');
  const [, section = ''] = /^inputs:\r?\n((?:(?: .*)?\r?\n)*)/m.exec(manifest) ?? [];
  const declared = section.split(/^ {2}(?=\w+:)/m).filter((block) => block.trim() !== '');
  const defaults = declared.map((block) => {
    const [name = ''] = block.split(':');
    const value = /^ {4}default: (.*?)\r?$/m.exec(block)?.[1] ?? '';
    return [name, value.replace(/^'(.*)'$|^\$\{\{.*\}\}$/, '$1')];
  });
  expect(defaults.length).toBeGreaterThan(0);
  expect(INPUT_DEFAULTS).toMatchObject(Object.fromEntries(defaults));
});

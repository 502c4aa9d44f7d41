import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { fixtureAction } from '../runner/fixture.ts';
import { CHAPTERS } from './chapters.ts';

const DEMO = fileURLToPath(new URL('demo.ts', import.meta.url));

async function runDemo(...args: string[]): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [DEMO, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const code = new Promise<number>((resolve) => child.on('close', (status) => resolve(status ?? 1)));
  return { output: await text(child.stdout), code: await code };
}

it('tells all its chapters, each as told, and writes no colour into a pipe', async () => {
  const { code, output } = await runDemo();
  expect(output).not.toContain('✗');
  expect(code).toBe(0);
  for (const { title, result } of CHAPTERS) {
    expect(output).toContain(title);
    expect(output).toContain(`result: ${result}`);
  }
  expect(output).toContain('privateKey: ***');
  expect(output).toContain('privateKey: (empty)');
  expect(output).toContain('README.md');
  expect(output).not.toContain(String.fromCharCode(27));
});

it('fails when the action does something else', async () => {
  const idle = await fixtureAction({ main: '', post: '' });
  const { code, output } = await runDemo(idle);
  expect(code).toBe(1);
  expect(output).toContain('the result is nothing, not created');
});

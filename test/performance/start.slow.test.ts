import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { inputsOf, measure, median } from '../bench/process.ts';
import { startSimulator } from '../simulator/server.ts';

const RUNS = 5;

/** On a machine that is busy with something else, figures of milliseconds say nothing. */
const busy = (loadavg()[0] ?? 0) > cpus().length * 1.5;

function emptyFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  return file;
}

it('main starts within three and a half times of what Node itself takes, post in less', async ({ skip }) => {
  skip(busy, 'the machine is busy');
  const state = emptyFile();
  const samples: Record<'node' | 'main' | 'post', number[]> = { node: [], main: [], post: [] };
  for (let run = 0; run < RUNS; run += 1) {
    const env = { GITHUB_STATE: state };
    samples.node.push((await measure(process.execPath, ['-e', '0'], {})).total);
    samples.main.push((await measure(process.execPath, ['dist/main/index.js'], env)).total);
    samples.post.push((await measure(process.execPath, ['dist/post/index.js'], env)).total);
  }
  // The fastest of each: what disturbs a run only ever makes it slower.
  const [node, main, post] = [samples.node, samples.main, samples.post].map((sample) => Math.min(...sample));
  expect(main).toBeLessThan(3.5 * Number(node));
  expect(post).toBeLessThan(1.1 * Number(main));
}, 60_000);

// undici parses HTTP/1.1 in WebAssembly, and V8 ends its work on that before the process may end: about 70 ms.
it.for([
  { protocol: 'HTTP/2', http2: true, limit: 50 },
  { protocol: 'HTTP/1.1', http2: false, limit: 120 },
])(
  'over $protocol the process is gone $limit ms after its last output',
  { timeout: 60_000 },
  async ({ http2, limit }, { skip }) => {
    skip(busy, 'the machine is busy');
    await using atlas = await startSimulator({ tls: true, http2 });
    const organization = atlas.addOrganization();
    const { id: groupId } = atlas.addProject(organization);
    const caller = atlas.addKey({ orgId: organization.id, desc: 'caller', roles: ['ORG_OWNER'] });
    const file = emptyFile();
    const exits: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const { exit, code } = await measure(process.execPath, ['dist/main/index.js'], {
        GITHUB_OUTPUT: file,
        GITHUB_STATE: file,
        GITHUB_STEP_SUMMARY: file,
        NODE_EXTRA_CA_CERTS: atlas.authorityFile,
        ...inputsOf({ ...caller, baseUrl: atlas.origin, groupId }, 'deploy'),
      });
      expect(code).toBe(0);
      exits.push(exit);
    }
    expect(Math.min(...exits)).toBeLessThan(limit);
  },
);

it.each(['main', 'post'])('nothing in dist/%s is minified', (entry) => {
  for (const name of readdirSync(`dist/${entry}`).filter((file) => file.endsWith('.js'))) {
    const lengths = readFileSync(`dist/${entry}/${name}`, 'utf8')
      .split('\n')
      .map((line) => line.length);
    expect(median(lengths), name).toBeLessThan(80);
    expect(lengths.length, name).toBeGreaterThan(50);
  }
});

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { billOfMaterials } from '../../scripts/sbom.ts';

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

/** Replaced by src/actions-*.ts, with what they alone need; and packages of nothing but types. */
const LEFT_OUT = [
  '@actions/exec',
  '@actions/http-client',
  '@actions/io',
  'tunnel',
  '@octokit/openapi-types',
  '@octokit/types',
];

describe.each(['main', 'post'])('dist/%s', (entry) => {
  const folder = join('dist', entry);
  const code = readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const listed = packagesIn(readFileSync(join(folder, 'licenses.txt'), 'utf8'));

  it('is ESM in the eyes of Node, whatever lies around it', () => {
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({ type: 'module' });
  });

  it('imports nothing that the build did not find', () => {
    expect(code).not.toContain('@@notfound');
    expect(code).not.toContain('webpackMissingModule');
  });

  it('starts no program, so nothing can get into a command line', () => {
    expect(code).not.toContain('child_process');
    expect(code).not.toContain('node:cluster');
  });

  it('holds one undici', () => {
    expect(code.split("this.code = 'UND_ERR_CONNECT_TIMEOUT'")).toHaveLength(2);
    expect(listed.filter((line) => line.startsWith('undici '))).toHaveLength(1);
  });

  it('holds no HTTP client of the toolkit', () => {
    expect(code).not.toContain("userAgent || 'actions/http-client'");
    expect(code).not.toContain('tunneling socket could not be established');
  });

  it('lists the licences of packages that the lock file knows, with their texts', () => {
    const known = Object.entries(lock.packages).map(
      ([path, { version, license }]) => `${nameOf(path)} ${version} ${license}`,
    );
    for (const line of listed) expect(known).toContain(line);
  });

  it.each([
    ['llhttp', 'MIT', 'Copyright Fedor Indutny, 2018.'],
    ['milo', 'ISC', 'Copyright (c) 2023, and above Paolo Insogna, NearForm and other contributors'],
  ])('lists %s, which undici embeds, with its text', (name, license, copyright) => {
    const text = readFileSync(join(folder, 'licenses.txt'), 'utf8');
    const [, notice = ''] = text.split(new RegExp(`^${name} in undici [\\d.]+\n${license}\n`, 'm'));
    expect(notice.slice(0, 1_100)).toContain(copyright);
    expect(notice.slice(0, 1_100)).toContain('THE SOFTWARE IS PROVIDED "AS IS"');
  });

  it('lists every package that a comment in the code names', () => {
    const named = [...code.matchAll(/^;\/\/ .*?\.\/node_modules\/((?:@[^/]+\/)?[^/]+)\//gm)].map(
      ([, name]) => name,
    );
    expect(named.length).toBeGreaterThan(0);
    const names = listed.map((line) => line.split(' ')[0]);
    expect(new Set(names)).toEqual(new Set([...names, ...named]));
  });
});

it('main and post together hold all packages that a user gets, but for those left out', () => {
  const listed = ['main', 'post'].flatMap((entry) =>
    packagesIn(readFileSync(join('dist', entry, 'licenses.txt'), 'utf8')),
  );
  const names = new Set([...listed.map((line) => line.split(' ')[0]), ...LEFT_OUT]);
  const production = Object.entries(lock.packages).filter(
    ([path, { dev, optional }]) => path !== '' && !dev && !optional,
  );
  expect(names).toEqual(new Set(production.map(([path]) => nameOf(path))));
});

describe('the bill of materials', () => {
  const { components, dependencies, metadata } = billOfMaterials();
  const listed = new Set(
    ['main', 'post'].flatMap((entry) =>
      packagesIn(readFileSync(join('dist', entry, 'licenses.txt'), 'utf8')).map((line) =>
        line.split(' ').slice(0, 2).join('@'),
      ),
    ),
  );

  it('lists what is in dist and nothing else, each once', () => {
    expect(components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual([...listed].sort());
    const inside = components.flatMap(({ name, components: parts = [] }) =>
      parts.map((part) => [name, part.name]),
    );
    expect(inside).toEqual([
      ['undici', 'llhttp'],
      ['undici', 'milo'],
    ]);
  });

  it('says what needs what, and of what it is the bill', () => {
    const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(metadata.component).toMatchObject({ name, version });
    const known = new Set([
      metadata.component['bom-ref'],
      ...components.map((component) => component['bom-ref']),
    ]);
    const named = dependencies.flatMap(({ ref, dependsOn = [] }) => [ref, ...dependsOn]);
    expect(new Set(named)).toEqual(known);
  });
});

it('the code that every step loads stays small, and undici is no part of what it starts with', () => {
  const loadedAtOnce = ['main', 'post'].map((entry) => statSync(join('dist', entry, 'index.js')).size);
  const speaksHttp = readdirSync(join('dist', 'main'))
    .filter((name) => name !== 'index.js' && name.endsWith('.js'))
    .map((name) => readFileSync(join('dist', 'main', name), 'utf8'))
    .filter(
      (code) => code.includes('function speakHttp') || code.includes('class Client extends DispatcherBase'),
    );
  expect(speaksHttp).toHaveLength(2);
  const [main = Number.NaN, post = Number.NaN] = loadedAtOnce;
  expect(main + Buffer.byteLength(speaksHttp.join(''))).toBeLessThan(2_000_000);
  expect(main).toBeLessThan(400_000);
  expect(post).toBeLessThan(main);
});

it('the files that action.yml names are there', async () => {
  const { readManifest } = await import('../runner/manifest.ts');
  const { runs } = await readManifest('.');
  expect([runs.main, runs.post].map((file) => existsSync(file ?? ''))).toEqual([true, true]);
});

/** `name version licence` of each package, from the lines before each text. */
function packagesIn(text: string): string[] {
  const heads = text.matchAll(
    /^(?<name>(?:@[\w.-]+\/)?[\w.-]+) (?<version>\d+\.\d+\.\d+\S*)\n(?<license>\S+)\n/gm,
  );
  return [...heads].map(({ groups }) => `${groups?.name} ${groups?.version} ${groups?.license}`);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

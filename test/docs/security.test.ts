import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, readPage } from './page.ts';

const security = await readPage('SECURITY.md');

/** The numbered invariants, each as one text. */
const invariants = security
  .slice(security.indexOf('<!-- invariants -->'), security.indexOf('There is no telemetry'))
  .split(/\n(?=\d+\. )/)
  .slice(1);

describe('an invariant of SECURITY.md', () => {
  it('has its number', () => {
    expect(invariants.map((text) => Number.parseInt(text, 10))).toEqual(
      invariants.map((_, index) => index + 1),
    );
    expect(invariants.length).toBeGreaterThan(5);
  });

  it.each(invariants)('names tests that exist: %.60s', async (text) => {
    const files = [...text.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, file = '']) => file);
    expect(files).not.toEqual([]);
    for (const file of files) {
      expect(file).toMatch(/\.test\.ts$/);
      await expect(access(join(ROOT, file)), file).resolves.toBeUndefined();
    }
  });
});

describe('the packages', () => {
  it('have exact versions', async () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      await readPage('package.json'),
    );
    const versions = Object.values({ ...dependencies, ...devDependencies, ...optionalDependencies });
    for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('have a checksum, and none wants to run a script', async () => {
    const { packages } = JSON.parse(await readPage('package-lock.json'));
    for (const [folder, entry] of Object.entries<Record<string, unknown>>(packages)) {
      if (folder === '') continue;
      expect(entry.integrity, folder).toMatch(/^sha512-/);
      expect(entry.hasInstallScript, folder).toBeUndefined();
    }
    expect(await readPage('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  });
});

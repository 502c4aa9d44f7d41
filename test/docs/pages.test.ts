import { access, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkedFiles, ROOT, readPage } from './page.ts';

const PLACES = ['.', 'docs'];
const found = await Promise.all(
  PLACES.map(async (place) => (await readdir(join(ROOT, place))).map((name) => join(place, name))),
);
const pages = found.flat().filter((name) => name.endsWith('.md'));

/** Paths of this repository that a page names as code, but for patterns such as `src/keys/<mode>.ts`. */
function namedPaths(markdown: string): string[] {
  return [...markdown.matchAll(/`((?:src|test|scripts|docs|examples|\.github|\.ci)\/[^`\s<>*]*)`/g)].map(
    ([, path = '']) => path,
  );
}

describe.each(pages)('%s', (page) => {
  it('links to files that are there', async () => {
    for (const target of linkedFiles(await readPage(page))) {
      await expect(access(join(ROOT, page, '..', target)), target).resolves.toBeUndefined();
    }
  });

  it('names files that are there', async () => {
    for (const path of namedPaths(await readPage(page))) {
      await expect(access(join(ROOT, path)), path).resolves.toBeUndefined();
    }
  });
});

it('pages link to headings that are there', async () => {
  for (const page of pages) {
    for (const [, file = '', anchor = ''] of (await readPage(page)).matchAll(
      /\]\(((?!https?:)[^)#\s]*)#([^)\s]+)\)/g,
    )) {
      const target = await readPage(file === '' ? page : join(page, '..', file));
      expect(anchorsOf(target), `${page}: ${file}#${anchor}`).toContain(anchor);
    }
  }
});

it('docs/architecture.md has a line for each file of src/keys, and for no other', async () => {
  const page = await readPage('docs/architecture.md');
  const [, table = ''] = page.split(/^## The files of src\/keys$|^## Adding an input$/m);
  const named = [...table.matchAll(/`([\w-]+\.ts)`/g)].map(([, name = '']) => name);
  expect(named.toSorted()).toEqual((await readdir(join(ROOT, 'src', 'keys'))).toSorted());
});

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

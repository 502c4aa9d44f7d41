// Loaded into the action's process by NODE_OPTIONS: tells the most memory that it ever held, in megabytes.
// On Linux the figure of getrusage(2) survives exec: a child begins with the peak of the process that started it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

function kilobytes() {
  if (!existsSync(STATUS)) return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'))[1]);
}

process.on('exit', () => writeFileSync(process.env.MEMORY_REPORT, `${kilobytes() / 1024}`));

// Loaded into each of the action's processes by NODE_OPTIONS: adds the most memory that it ever held, in megabytes.
// On Linux the figure of getrusage(2) survives exec: a child begins with the peak of the process that started it.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const STATUS = '/proc/self/status';

function kilobytes() {
  if (!existsSync(STATUS)) return process.resourceUsage().maxRSS;
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(STATUS, 'utf8'))[1]);
}

process.on('exit', () => appendFileSync(process.env.MEMORY_REPORT, `${kilobytes() / 1024}\n`));

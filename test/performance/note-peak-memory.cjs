/** Required into the action's process: notes the most memory it ever held, in megabytes, when it ends. */
const { writeFileSync } = require('node:fs');

const file = process.env.PEAK_MEMORY_FILE;
process.on('exit', () => writeFileSync(file, `${process.resourceUsage().maxRSS / 1024}`));

import { openAtlas } from '../../src/atlas/api.ts';
import { startDeadline } from '../../src/atlas/deadline.ts';
import { clock, pause } from './time.ts';

/** A process that makes one call, closes and says so: how long does it stay after that? */
const [baseUrl = '', publicKey = '', privateKey = '', groupId = ''] = process.argv.slice(2);
const session = openAtlas({
  baseUrl,
  surface: 'atlas/v2',
  credentials: { kind: 'apiKey', publicKey, privateKey },
  deadline: startDeadline(10_000, clock),
  machine: { clock, pause, random: Math.random, mask: () => {}, info: () => {}, debug: () => {} },
});
await session.atlas.readProject(groupId);
await session.close();
process.stdout.write('done\n');

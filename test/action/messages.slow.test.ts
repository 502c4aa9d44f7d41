/** The built action says what its source says: a few of the sentences of messages.test.ts, and those of a process alone. */
import { expect, it } from 'vitest';
import { openScene } from './scene.ts';
import { OF_ITS_OWN_PROCESS, provoke, SITUATIONS } from './situations.ts';

const SOME = [
  'the private key is wrong',
  'the proxy is not there',
  'the run is cancelled',
  'post cannot revoke',
];

it.concurrent.each([
  ...Object.entries(SITUATIONS).filter(([what]) => SOME.includes(what)),
  ...Object.entries(OF_ITS_OWN_PROCESS),
])('%s', async (_what, situation) => {
  expect(await provoke(situation, openScene)).toEqual([situation.told]);
});

/** A server that means harm, where GitHub's API should be. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { keysBeside } from '../action/scene.ts';
import { attack, endlessly, expectDefeat, hostileScene } from './hostile-server.ts';

const CHUNK = Buffer.alloc(1 << 16, ' ');
const CUT_OFF =
  /GitHub's answer was cut off at 1 MB\. No answer of its API is so large: is GITHUB_API_URL wrong\?/;
const BOMB = gzipSync(Buffer.alloc(200 << 20, ' '));
const JSON_TYPE = { 'content-type': 'application/json' };

it.concurrent.each<[string, 'key' | 'write', (response: ServerResponse) => void, RegExp]>([
  ['without end', 'key', (response) => endlessly(response.writeHead(200, JSON_TYPE), CHUNK), CUT_OFF],
  [
    'without end behind a refusal',
    'write',
    (response) => endlessly(response.writeHead(403, { 'content-type': 'text/html' }), CHUNK),
    CUT_OFF,
  ],
  [
    'that is small and would unpack to very much',
    'key',
    (response) => void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(BOMB),
    /this is no answer of GitHub's API\./,
  ],
  [
    'that is small and would be parsed into very much',
    'key',
    (response) => {
      response.writeHead(429, { ...JSON_TYPE, 'retry-after': '0' });
      response.end(`{"x":[${'{},'.repeat(340_000)}{}]}`);
    },
    /GitHub answered 429 in 5 tries\./,
  ],
  [
    'that drips without end',
    'write',
    (response) => {
      response.writeHead(200, JSON_TYPE);
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    },
    /the time for this step is used up\. Raise `timeout`, or run the job again\./,
  ],
])('a body %s, instead of the answer to a %s: one clear error', async (_what, where, say, message) => {
  await using scene = await hostileScene();
  const apiUrl = await scene.serve((request, response) => {
    if (where === 'key' || request.method !== 'GET') return say(response);
    response.writeHead(200, JSON_TYPE);
    response.end(JSON.stringify({ key_id: '1', key: Buffer.alloc(32, 9).toString('base64') }));
  });
  const inputs = { githubToken: 'ghs_of_somebody', combinedSecret: 'ATLAS_KEY', timeout: '8s' };
  const result = await attack(scene, scene.atlas.origin, inputs, { apiUrl, repository: 'octo-org/app' });
  expectDefeat(scene, result, message, 15);
  expect(keysBeside(scene).filter(({ desc }) => !desc.includes('[atlas-key/1 '))).toEqual([]);
});

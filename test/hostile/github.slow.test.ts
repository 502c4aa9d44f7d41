/** A server that means harm, where GitHub's API should be. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { keysBeside } from '../action/scene.ts';
import { attack, expectDefeat, hostileScene } from './hostile-server.ts';

const CHUNK = Buffer.alloc(1 << 16, ' ');

function endlessly(stream: NodeJS.WritableStream & { readonly destroyed: boolean }): void {
  const more = () => {
    while (!stream.destroyed) if (!stream.write(CHUNK)) return void stream.once('drain', more);
  };
  more();
}

const CUT_OFF =
  /GitHub's answer was cut off at 1 MB, which no answer of its API reaches\. Is GITHUB_API_URL wrong\?/;
const BOMB = gzipSync(Buffer.alloc(200 << 20, ' '));

const BODIES: [string, (response: ServerResponse) => void, RegExp][] = [
  [
    'without end',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      endlessly(response);
    },
    CUT_OFF,
  ],
  [
    'without end behind a refusal',
    (response) => {
      response.writeHead(403, { 'content-type': 'text/html' });
      endlessly(response);
    },
    CUT_OFF,
  ],
  [
    'that is small and would unpack to very much',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      response.end(BOMB);
    },
    /the answer holds no public key|GitHub answered 200\. The API does not answer so/,
  ],
  [
    'that drips without end',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(drip));
    },
    /the time for this step is used up\. Raise `timeout`, or run the job again\./,
  ],
];

async function storeAt(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  message: RegExp,
): Promise<void> {
  await using scene = await hostileScene();
  const apiUrl = await scene.serve(answer);
  const inputs = { githubToken: 'ghs_of_somebody', combinedSecret: 'ATLAS_KEY', timeout: '8s' };
  const result = await attack(scene, scene.atlas.origin, inputs, { apiUrl, repository: 'octo-org/app' });
  expectDefeat(scene, result, message, 15);
  expect(keysBeside(scene).filter(({ desc }) => !desc.includes('[atlas-key/1 '))).toEqual([]);
}

describe('a body', () => {
  it.each(BODIES)('%s, instead of the public key: one clear error', (_what, say, message) =>
    storeAt((_request, response) => say(response), message),
  );

  it.each(BODIES)('%s, instead of the answer to a write: one clear error', (_what, say, message) =>
    storeAt((request, response) => {
      if (request.method !== 'GET') return say(response);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ key_id: '1', key: Buffer.alloc(32, 9).toString('base64') }));
    }, message),
  );
});

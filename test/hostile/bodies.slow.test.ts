import { describe, expect, it } from 'vitest';
import { keysBeside } from '../action/scene.ts';
import { attack, expectDefeat, hostileScene, MOST_MEGABYTES, tamperWith } from './hostile-server.ts';

const MEGABYTE = 1 << 20;

describe('a body', () => {
  it.concurrent.each([
    ['without end', undefined],
    ['of a gigabyte', 1024 * MEGABYTE],
  ])('%s is cut off', async (_what, length) => {
    await using scene = await hostileScene();
    let sent = 0;
    const origin = await scene.serve((_request, response) => {
      response.writeHead(200, {
        'content-type': 'application/json',
        ...(length !== undefined && { 'content-length': length }),
      });
      const chunk = Buffer.alloc(MEGABYTE, ' ');
      const more = () => {
        while (!response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      more();
    });
    expectDefeat(scene, await attack(scene, origin), /larger than any that Atlas gives/);
    expect(sent).toBeLessThan(64 * MEGABYTE);
  });

  it.concurrent.each([
    ['of brackets without end', '['.repeat(1.9 * MEGABYTE)],
    ['of brackets that all end', `{"x":${'['.repeat(0.9 * MEGABYTE)}${']'.repeat(0.9 * MEGABYTE)}}`],
    ['of objects in objects', `${'{"results":'.repeat(180_000)}1`],
    ['of quotes that are never closed', '"\\'.repeat(0.9 * MEGABYTE)],
    ['with a secret that is never closed', `{"privateKey":"${'\\"'.repeat(0.9 * MEGABYTE)}`],
    ['of HTML', '<!doctype html><title>Sign in to the hotel</title>'],
    ['of nothing', ''],
    ['cut in the middle', '{"results":[{"id":"6a79'],
    ['of another shape', '{"results":{"length":1}}'],
    ['of keys that are none', '{"results":[null,7,"x",[]]}'],
    ['that inherits', '{"__proto__":{"results":[]}}'],
  ])('%s is one clear error', async (_what, body) => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer, { signed }) => {
      if (signed) answer.body = body;
    });
    const result = await attack(scene, origin);
    expectDefeat(scene, result, /^Could not list the project's keys: the answer \(200\) is /);
    expect(keysBeside(scene)).toEqual([]);
  });

  it.concurrent.each([
    'text/html',
    'application/octet-stream',
    'application/xml; charset=utf-16',
    'nonsense',
  ])('of JSON is read as JSON though it calls itself %s', async (type) => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer) => {
      answer.headers['content-type'] = type;
    });
    expect((await attack(scene, origin)).main.outputs).toMatchObject({ result: 'created' });
  });

  it('of an error that calls itself a success is none', async () => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer, { signed }) => {
      if (signed) answer.body = '{"error":403,"errorCode":"NOT_IN_GROUP","detail":"no"}';
    });
    expectDefeat(scene, await attack(scene, origin), /the answer says 200 and NOT_IN_GROUP at once/);
  });
});

// A timeout of five seconds, and what a busy machine needs to start a process.
describe('an answer that takes its time', () => {
  it.concurrent.each([
    ['a body in drops', { drops: true, head: true }],
    ['a body that never comes', { drops: false, head: true }],
    ['no answer at all', { drops: false, head: false }],
  ])('%s: over within the timeout', async (_what, { drops, head }) => {
    await using scene = await hostileScene();
    const origin = await scene.serve((_request, response) => {
      if (head) response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders();
      const drip = drops ? setInterval(() => response.write(' '), 20) : undefined;
      response.once('close', () => clearInterval(drip));
    });
    const result = await attack(scene, origin, { timeout: '5s' });
    expectDefeat(scene, result, /the time for all calls of this step \(timeout\) is used up/, 7);
  });

  it.concurrent('interim answers without end: over within the timeout', async () => {
    await using scene = await hostileScene();
    const origin = await scene.serve((_request, response) => {
      const more = setInterval(() => response.writeProcessing(), 5);
      response.once('close', () => clearInterval(more));
    });
    const result = await attack(scene, origin, { timeout: '5s' });
    expect(result.main.outcome).toBe('failure');
    expect(result.main.milliseconds).toBeLessThan(7_000);
    expect(result.megabytes).toBeLessThan(MOST_MEGABYTES);
  });
});

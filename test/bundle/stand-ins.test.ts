import { expect, it } from 'vitest';
import { getExecOutput, HttpClient } from '../../src/bundle/stand-ins.ts';

it('what stands in for @actions/exec starts no program, and says so', async () => {
  await expect(getExecOutput()).rejects.toThrow('@actions/exec is not bundled');
});

it('what stands in for @actions/http-client asks for no token, and says so', async () => {
  await expect(new HttpClient().getJson()).rejects.toThrow('@actions/http-client is not bundled');
});

it('and leaves octokit without an agent of its own', () => {
  const client = new HttpClient();
  expect([client.getAgent(), client.getAgentDispatcher()]).toEqual([undefined, undefined]);
});

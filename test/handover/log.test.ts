/** The log of a rotation as a person reads it, line by line. */
import { expect, it } from 'vitest';
import { openScene } from '../action/scene.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';

it('tells what a rotation does in the order in which it does it', async () => {
  await using scene = await openScene();
  await using github = await startGitHub();
  const rotate = async () => {
    const { apiUrl, repository } = github;
    const inputs = { mode: 'rotate', githubToken: TOKENS.write, combinedSecret: 'DEPLOY_KEY' };
    const { main, log } = await scene.run(inputs, { apiUrl, repository });
    const { apiUserId = '', publicKey = '' } = main.outputs;
    return { lines: log.trimEnd().split('\n'), id: apiUserId, name: `${apiUserId} (${publicKey})` };
  };
  const first = await rotate();
  expect(first.lines).toEqual([
    'There is no key of this desc yet.',
    `Created key ${first.name}.`,
    'Stored the new key as DEPLOY_KEY in the Actions secrets of the repository octo-org/app.',
    'The rotation becomes final when the job succeeds.',
    `The rotation is final: key ${first.id} is current.`,
  ]);
  const second = await rotate();
  expect(second.lines).toEqual([
    `The current key is ${first.name}; a new one is due.`,
    `Created key ${second.name}.`,
    'Stored the new key as DEPLOY_KEY in the Actions secrets of the repository octo-org/app.',
    'The rotation becomes final when the job succeeds; until then the former key stays current.',
    `The rotation is final: key ${second.id} is current.`,
  ]);
});

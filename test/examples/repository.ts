/** A repository as README.md and examples/ ask for it, beside an embedded Atlas and the other end of a webhook. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ROOT } from '../docs/page.ts';
import { startGitHub, TOKENS } from '../github/stand-in.ts';
import { runWorkflow, type WorkflowOptions } from '../runner/run-workflow.ts';
import { startSimulator } from '../simulator/server.ts';

export async function openRepository() {
  const atlas = await startSimulator();
  const github = await startGitHub({ repositories: ['octo-org/worker'] });
  const organization = atlas.addOrganization({ name: 'acme' });
  const { id: orgId } = organization;
  const { id: groupId } = atlas.addProject(organization, { name: 'shop' });
  const messages: unknown[] = [];
  const webhook = createServer(async (request, response) => {
    messages.push(JSON.parse(await text(request)));
    response.end('ok');
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  const owner = atlas.addServiceAccount({ orgId, roles: ['ORG_OWNER'] });
  const projectOwner = atlas.addServiceAccount({ orgId, roles: [{ roleName: 'GROUP_OWNER', groupId }] });
  /** The secrets of the repository, what workflows stored among them; this account is the caller. */
  const secretsOf = ({ clientId, clientSecret } = owner): Record<string, string> => ({
    ATLAS_CLIENT_ID: clientId,
    ATLAS_CLIENT_SECRET: clientSecret,
    SECRETS_TOKEN: TOKENS.write,
    ALERT_WEBHOOK: `http://127.0.0.1:${port}/hooks/1`,
    ...Object.fromEntries(github.secrets),
  });
  return {
    atlas,
    github,
    orgId,
    groupId,
    owner,
    projectOwner,
    messages,
    secretsOf,
    keys: () => atlas.keys(),
    /** Runs a workflow, with the built action where `start` says nothing else. */
    run: (workflow: string, { extraInputs, secrets, vars, ...options }: Partial<WorkflowOptions> = {}) =>
      runWorkflow(workflow, {
        actionFolder: ROOT,
        extraInputs: { baseUrl: atlas.origin, ...extraInputs },
        repository: github.repository,
        apiUrl: github.apiUrl,
        vars: { ATLAS_PROJECT_ID: groupId, ...vars },
        secrets: { ...secretsOf(), ...secrets },
        ...options,
      }),
    async [Symbol.asyncDispose]() {
      webhook.close();
      await atlas.close();
      await github[Symbol.asyncDispose]();
    },
  };
}

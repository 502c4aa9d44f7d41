/** A repository with all that the workflows of examples/ ask for, whose jobs act runs. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { startGitHub, TOKENS } from '../github/stand-in.ts';
import type { SimulatedKey, Simulator } from '../simulator/simulator.ts';
import { type ActRun, runWithAct } from './act.ts';
import { startAtlas } from './atlas.ts';

export interface Repository extends AsyncDisposable {
  readonly atlas: Simulator;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the workflows stored. A later run reads it. */
  readonly secrets: ReadonlyMap<string, string>;
  /** What the webhook was sent. */
  readonly messages: readonly unknown[];
  run(workflow: string, event: 'push' | 'schedule'): Promise<ActRun>;
  /** The next thing a step does with a new key goes wrong. */
  failDeployment(): void;
  /** Keys of workflows, in order of their making. */
  livingKeys(): SimulatedKey[];
  everMade(): SimulatedKey[];
}

/** The App's token comes from an action that cannot be fetched here. */
const APP_TOKEN = `
name: the token of an App
outputs: { token: { value: '\${{ steps.token.outputs.token }}' } }
runs:
  using: composite
  steps:
    - id: token
      shell: bash
      run: |
        echo '::add-mask::${TOKENS.write}'
        echo 'token=${TOKENS.write}' >> "$GITHUB_OUTPUT"
`;

export async function openRepository(): Promise<Repository> {
  const { atlas, groupId, callers } = await startAtlas();
  const github = await startGitHub();
  const messages: unknown[] = [];
  const webhook = createServer(async (request, response) => {
    messages.push(JSON.parse(await text(request)));
    response.end('ok');
  });
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  const { publicKey, privateKey } = callers['an API key'];
  const { clientId, clientSecret } = callers['a service account'];
  const everMade = () => atlas.keys({ includeDeleted: true }).filter((key) => key.publicKey !== publicKey);

  return {
    atlas,
    clientId,
    clientSecret,
    secrets: github.secrets,
    messages,
    run: (workflow, event) =>
      runWithAct({
        workflow: workflow.replaceAll('https://cloud.mongodb.com', atlas.origin),
        event,
        baseUrl: atlas.origin,
        repository: github.repository,
        env: { GITHUB_API_URL: github.apiUrl },
        variables: { ATLAS_PROJECT_ID: groupId, SECRETS_APP_CLIENT_ID: 'Iv1' },
        secrets: {
          ATLAS_PUBLIC_KEY: publicKey,
          ATLAS_PRIVATE_KEY: privateKey,
          ATLAS_CLIENT_ID: clientId,
          ATLAS_CLIENT_SECRET: clientSecret,
          SECRETS_TOKEN: TOKENS.write,
          SECRETS_APP_PRIVATE_KEY: 'not used here',
          ALERT_WEBHOOK: `http://127.0.0.1:${port}/`,
          ...Object.fromEntries(github.secrets),
        },
        actions: { 'actions/create-github-app-token': APP_TOKEN },
      }),
    failDeployment: () =>
      void atlas.faults.add({
        when: ({ operation, userAgent }) =>
          operation === 'getGroup' && userAgent?.startsWith('curl/') === true,
        action: { kind: 'answer', status: 503 },
      }),
    livingKeys: () => everMade().filter(({ deletedAt }) => deletedAt === undefined),
    everMade,
    async [Symbol.asyncDispose]() {
      webhook.close();
      await github[Symbol.asyncDispose]();
      await atlas.close();
    },
  };
}

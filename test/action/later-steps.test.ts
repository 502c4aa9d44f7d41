import { appendFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { FunctionStep } from '../runner/step.ts';
import { startSimulator } from '../simulator/server.ts';
import { keysBeside, openScene } from './scene.ts';

const ephemeral = { mode: 'ephemeral', desc: 'tests', roles: 'GROUP_READ_ONLY' };

/** A step that sets variables for all that follow, post steps too. */
function exporting(variables: Readonly<Record<string, string>>): FunctionStep {
  return {
    run: async ({ env }) => {
      const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
      await appendFile(env.GITHUB_ENV ?? '', lines.join(''));
    },
  };
}

describe('a later step cannot make the post step', () => {
  it('go to another server', async () => {
    await using scene = await openScene();
    await using other = await startSimulator();
    const variables = { INPUT_BASEURL: other.origin, STATE_journal: '{}', ATLAS_BASE_URL: other.origin };
    const { conclusion } = await scene.job([scene.step(ephemeral), exporting(variables)]);
    expect(conclusion).toBe('success');
    expect(other.connections).toEqual([]);
    expect(keysBeside(scene)).toEqual([]);
  });

  it('sign in as somebody else', async () => {
    await using scene = await openScene();
    const another = scene.atlas.addKey({ orgId: scene.orgId, desc: 'another', roles: ['ORG_OWNER'] });
    const callerless = { ...scene.inputs, ...ephemeral, atlasPublicKey: '', atlasPrivateKey: '' };
    const { conclusion, post } = await scene.job(
      [
        { uses: scene.step({}).uses, with: callerless },
        exporting({
          MONGODB_ATLAS_PUBLIC_API_KEY: another.publicKey,
          MONGODB_ATLAS_PRIVATE_API_KEY: another.privateKey,
        }),
      ],
      {
        env: {
          MONGODB_ATLAS_PUBLIC_API_KEY: scene.owner.publicKey,
          MONGODB_ATLAS_PRIVATE_API_KEY: scene.owner.privateKey,
        },
      },
    );
    expect(conclusion).toBe('success');
    expect(post[0]?.annotations).toMatchObject([{ level: 'warning' }]);
    expect(post[0]?.log).toContain('other credentials than the step itself');
    // Told as still alive, by its id.
    const [left] = keysBeside(scene).filter(({ id }) => id !== another.id);
    expect(post[0]?.log).toContain(left?.id);
  });

  it('trust another authority', async () => {
    await using scene = await openScene({ tls: true });
    const { post } = await scene.job([
      scene.step(ephemeral),
      exporting({ NODE_EXTRA_CA_CERTS: '/tmp/another.pem' }),
    ]);
    expect(post[0]?.log).toContain('NODE_EXTRA_CA_CERTS changed since the step itself');
    expect(keysBeside(scene)).toHaveLength(1);
  });
});

import { onTestFinished } from 'vitest';
import { type StartOptions, startSimulator } from '../simulator/server.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { openSession, type TestOptions, type TestSession } from './session.ts';

/** The embedded Atlas with one project, and a session of a key with these roles there. Closed when the test ends. */
export interface Scene {
  readonly simulator: Simulator;
  readonly session: TestSession;
  readonly atlas: TestSession['atlas'];
  readonly groupId: string;
  readonly orgId: string;
}

export async function scene(
  start: StartOptions = {},
  options: Partial<TestOptions> = {},
  roles = ['ORG_OWNER'],
): Promise<Scene> {
  const simulator = await startSimulator(start);
  onTestFinished(() => simulator.close());
  const organization = simulator.addOrganization();
  const project = simulator.addProject(organization);
  const { publicKey, privateKey } = simulator.addKey({
    orgId: organization.id,
    desc: 'the caller',
    roles: roles.map((roleName) =>
      roleName.startsWith('GROUP_') ? { roleName, groupId: project.id } : roleName,
    ),
  });
  const session = openSession({
    baseUrl: simulator.origin,
    credentials: { kind: 'apiKey', publicKey, privateKey },
    ...options,
  });
  onTestFinished(() => session.close());
  return { simulator, session, atlas: session.atlas, groupId: project.id, orgId: organization.id };
}

/** The same with a session of a service account, which owns the organisation. */
export async function accountScene(start: StartOptions = {}, options: Partial<TestOptions> = {}) {
  const { simulator, groupId, orgId } = await scene(start);
  const { clientId, clientSecret } = simulator.addServiceAccount({ orgId, roles: ['ORG_OWNER'] });
  const open = (secret: string): TestSession => {
    const credentials = { kind: 'serviceAccount', clientId, clientSecret: secret } as const;
    const session = openSession({ baseUrl: simulator.origin, credentials, ...options });
    onTestFinished(() => session.close());
    return session;
  };
  const session = open(clientSecret);
  return { simulator, session, atlas: session.atlas, groupId, orgId, clientId, open };
}

/** A key to be made. */
export const wanted = { desc: 'ci', roles: ['GROUP_READ_ONLY'] };

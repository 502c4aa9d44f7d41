/** What main and post share beside the calls: two rules that no mode shows by itself. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { openSession } from '../src/session.ts';
import { keyAt } from './keys/described-keys.ts';

function open() {
  const { signal } = new AbortController();
  const session = openSession({
    service: { baseUrl: 'http://127.0.0.1:9', surface: 'atlas/v2' },
    credentials: { kind: 'apiKey', publicKey: 'abcdefgh', privateKey: 'secret' },
    run: { repository: 'acme/shop', runId: '1', attempt: '1' },
    nonce: '0123456789abcdef',
    timeout: 5_000,
    signals: { cancelled: signal, abandoned: signal },
    journal: () => {},
  });
  onTestFinished(() => session.close());
  return session;
}

it('a key that is left as it is twice is told once, and the page has the last reason', () => {
  const session = open();
  const key = keyAt(0, 'deploy', { publicKey: 'aaaaaaaa' });
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  onTestFinished(() => write.mockRestore());
  for (const why of ['it is in use', 'it is somebody else’s']) {
    session.step.leave(key, why);
  }
  expect(write.mock.calls.map(([text]) => `${text}`.trim())).toEqual([
    `::warning::Left key ${key.id} (aaaaaaaa) as it is: it is in use.`,
  ]);
  expect(session.left).toEqual([{ apiUserId: key.id, publicKey: 'aaaaaaaa', why: 'it is somebody else’s' }]);
});

it('until Atlas has told its time, that of this machine counts', () => {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(42);
  onTestFinished(() => clock.mockRestore());
  expect(open().step.atlas.serviceNow()).toBe(42);
});

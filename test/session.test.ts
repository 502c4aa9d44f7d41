/** What main and post share beside the calls: rules that no mode shows by itself. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { openSession } from '../src/session.ts';
import { trustOf } from '../src/trust.ts';
import { keyAt } from './keys/described-keys.ts';

function open(timeout = 5_000) {
  const { signal } = new AbortController();
  const credentials = { kind: 'apiKey', publicKey: 'abcdefgh', privateKey: 'secret' } as const;
  const nonce = '0123456789abcdef';
  const session = openSession({
    record: {
      baseUrl: 'http://127.0.0.1:9',
      surface: 'atlas/v2',
      run: { repository: 'acme/shop', runId: '1', attempt: '1' },
      nonce,
      timeout,
      trust: trustOf({}, credentials, undefined, nonce),
    },
    credentials,
    proxy: undefined,
    signals: { cancelled: signal, abandoned: signal },
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

it('a wait that takes longer than the timeout says so', async () => {
  await expect(open(20).step.pause(60_000)).rejects.toThrow(
    'The time for all calls of this step (timeout) is used up while it still waited for Atlas to know the new key, or for another run to finish its own. Run the job again, or give a longer timeout.',
  );
});

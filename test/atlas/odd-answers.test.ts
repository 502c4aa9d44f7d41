/** An answer that nobody can make sense of may be an accident of a moment: what asked for it is asked again. */
import { expect, it } from 'vitest';
import type { FaultAction, FaultRequest } from '../simulator/faults.ts';
import { scene, wanted } from './scene.ts';
import { failureOf } from './session.ts';

const unsigned = ({ caller }: FaultRequest) => caller === undefined;
const signed = ({ caller }: FaultRequest) => caller !== undefined;
const answer = (status: number, body: unknown, headers = {}): FaultAction => {
  return { kind: 'answer', status, body, headers };
};

const ODDITIES: [string, FaultAction][] = [
  ['a garbled challenge', answer(401, '', { 'www-authenticate': 'Digest realm="' })],
  ['a challenge that offers nothing', answer(401, '', { 'www-authenticate': 'Basic realm="r"' })],
  ['no challenge', answer(401, '')],
  ['a page with 403', answer(403, '<html>')],
  ['a page with 200', answer(200, '<html>')],
  ['a redirect', answer(302, '', { location: 'https://login.example' })],
];

it.each(ODDITIES)(
  '%s in place of the challenge is asked for again, before a change as well',
  async (_, action) => {
    const { simulator, atlas, groupId, orgId, session } = await scene();
    simulator.faults.add({ when: unsigned, phase: 'arrival', times: 3, action });
    const made = await atlas.createKey(groupId, wanted);
    expect(session.waits).toEqual([400, 800, 1600]);
    expect(await atlas.deleteKey(orgId, made.id)).toBe('deleted');
  },
);

it.each([
  ['a page with 403', answer(403, '<html>')],
  ['a page with 200', answer(200, '<html>')],
  ['an empty answer', answer(200, '')],
  ['JSON of another shape', answer(200, { a: 1 })],
  ['a success that is an error', answer(200, { errorCode: 'NOT_IN_GROUP' })],
  ['a redirect', answer(302, '', { location: 'https://login.example' })],
])('%s is no answer to a read, which is made again', async (_, action) => {
  const { simulator, atlas, groupId, orgId, session } = await scene();
  simulator.faults.add({ when: signed, times: 2, action });
  expect(await atlas.readProject(groupId)).toEqual({ orgId });
  expect(session.waits).toEqual([400, 800]);
});

it('a deletion that was answered by a page is made again', async () => {
  const { simulator, atlas, groupId, orgId } = await scene();
  const made = await atlas.createKey(groupId, wanted);
  simulator.faults.add({
    when: ({ method }) => method === 'DELETE',
    phase: 'after',
    action: answer(200, '<html>'),
  });
  expect(await atlas.deleteKey(orgId, made.id)).toBe('deleted');
});

it('what is no answer five times is told', async () => {
  const { simulator, atlas, groupId, session } = await scene();
  simulator.faults.add({ when: signed, times: 9, action: answer(200, '<html>') });
  const error = await failureOf(atlas.readProject(groupId));
  expect(error.message).toMatch(/^Could not read the project: the answer \(200\) is no JSON\./);
  expect(session.waits).toHaveLength(4);
});

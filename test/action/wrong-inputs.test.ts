/** What becomes of wrong inputs; the sentence about each is in test/inputs. */
import { describe, expect, it } from 'vitest';
import { errorsIn } from './evidence.ts';
import { openQuickScene } from './in-process.ts';

describe('an input that is wrong', () => {
  it.each<[Record<string, string>, string]>(
    // biome-ignore format: a table, one row a line
    [
      [{ roles: 'ORG_OWNER' }, '`roles` names "ORG_OWNER", an organisation role: Atlas may honour it through a project, and this action never grants rights beyond the project; name project roles (`GROUP_…`) only.'],
      [{ roles: 'Project Read Only' }, '`roles` names "Project Read Only", which is not a project role: each begins with `GROUP_` and stands on a line of its own or between commas; did you mean `GROUP_READ_ONLY`?'],
      [{ baseUrl: 'https://cloud.mongodb.com/api/atlas/v2' }, '`baseUrl` is "https://cloud.mongodb.com/api/atlas/v2", but must end after the host: write `https://cloud.mongodb.com` (the path is for the input `api`).'],
    ],
  )('is told before anything is sent: %o', async (inputs, sentence) => {
    await using scene = await openQuickScene();
    const { main } = await scene.run(inputs);
    expect(main.outcome).toBe('failure');
    expect(errorsIn(main)).toEqual([sentence]);
    expect(main.log).toContain('Nothing was sent to Atlas.');
    expect(scene.atlas.history.requests).toEqual([]);
  });

  it('does not hide the others', async () => {
    await using scene = await openQuickScene();
    const wrong = { groupId: 'x y', desc: '', roles: '', baseUrl: 'nonsense', timeout: '1' };
    const errors = errorsIn((await scene.run(wrong)).main);
    expect(errors).toHaveLength(5);
    for (const name of Object.keys(wrong)) {
      expect(errors.filter((error) => error.startsWith(`\`${name}\``))).toHaveLength(1);
    }
  });

  it('only brings a warning where it is an unknown project role, and Atlas decides', async () => {
    await using scene = await openQuickScene();
    const { main } = await scene.run({ roles: 'GROUP_OF_TOMORROW' });
    expect(main.annotations[0]).toMatchObject({ level: 'warning' });
    expect(main.annotations[0]?.message).toContain('GROUP_OF_TOMORROW');
    expect(scene.atlas.history.find('createGroupApiKey').length).toBeGreaterThan(0);
  });
});

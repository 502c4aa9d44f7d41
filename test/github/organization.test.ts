/** A secret of an organisation: who sees it before, and who afterwards. */
import { describe, expect, it } from 'vitest';
import type { SecretKind, SecretPlace, SecretStore } from '../../src/request.ts';
import { failureOf, KEY, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { type GitHub, type GitHubOptions, startGitHub, type Visibility } from './stand-in.ts';

const VALUE = `${KEY.publicKey}:${KEY.privateKey}`;
const KINDS: [SecretKind, string][] = [
  ['actions', ''],
  ['dependabot', 'dependabot '],
];
const [APP, B, C] = ['octo-org/app', 'octo-org/b', 'octo-org/c'] as const;

const start = (options: GitHubOptions = {}) => startGitHub({ repositories: [B, C], ...options });

function organization(
  kind: SecretKind,
  visibleTo: readonly string[],
  added: readonly string[] = visibleTo,
): SecretPlace {
  return { in: 'organization', kind, organization: 'octo-org', visibleTo, added };
}

function storeIn(github: GitHub, ...places: SecretPlace[]): SecretStore {
  return storeAt(github, { places });
}

describe.each(KINDS)('a secret of an organisation (%s)', (kind, prefix) => {
  const SLOT = `${prefix}octo-org/ATLAS_KEY`;

  it('is new: exactly the repositories that are named see it', async () => {
    await using github = await start();
    const stored = await storeKey(storeIn(github, organization(kind, [C, APP])), observed());
    expect(Object.fromEntries(github.secrets)).toEqual({ [SLOT]: VALUE });
    expect(github.visibilityOf(SLOT)).toEqual({ visibility: 'selected', repositories: [APP, C] });
    expect(stored).toEqual([
      {
        names: ['ATLAS_KEY'],
        where: `the ${kind === 'actions' ? 'Actions' : 'Dependabot'} secrets of the organisation octo-org (visible to 2 selected repositories)`,
      },
    ]);
  });

  const selected = (...repositories: string[]): Visibility => ({ visibility: 'selected', repositories });

  it.each<[string, Visibility, readonly string[], Visibility, string]>([
    ['all', { visibility: 'all' }, [B], { visibility: 'all' }, 'visible to all repositories'],
    [
      'private',
      { visibility: 'private' },
      [B],
      { visibility: 'private' },
      'visible to the private repositories',
    ],
    ['selected, and nobody is named', selected(C), [], selected(C), 'visible to 1 selected repository'],
    [
      'selected, and the named are added',
      selected(C),
      [B, C],
      selected(B, C),
      'visible to 2 selected repositories',
    ],
    ['selected, and seen by nobody', selected(), [], selected(), 'visible to 0 selected repositories'],
  ])('exists and keeps who sees it: %s', async (_, before, added, after, words) => {
    await using github = await start();
    github.addOrganizationSecret(SLOT, before);
    const visibleTo = added.length === 0 ? [APP] : added;
    const [stored] = await storeKey(storeIn(github, organization(kind, visibleTo, added)), observed());
    expect(github.secrets.get(SLOT)).toBe(VALUE);
    expect(github.visibilityOf(SLOT)).toEqual(after);
    expect(stored?.where).toContain(`(${words})`);
  });

  it('keeps all who see it, page after page', async () => {
    const many = Array.from({ length: 120 }, (_, index) => `octo-org/app-${1000 + index}`);
    await using github = await start({ repositories: many });
    github.addOrganizationSecret(SLOT, { visibility: 'selected', repositories: many });
    await storeKey(storeIn(github, organization(kind, [APP])), observed());
    expect(github.visibilityOf(SLOT)?.repositories).toEqual([APP, ...many]);
  });

  it('is not written where the token does not see all who see it', async () => {
    await using github = await start();
    github.addOrganizationSecret(SLOT, { visibility: 'selected', repositories: [B, C] });
    const body = { total_count: 2, repositories: [{ id: 1_296_270 }] };
    const none = { total_count: 2, repositories: [] };
    github.fail({ status: 200, body }, { method: 'GET', path: '/repositories' });
    github.fail({ status: 200, body: none }, { method: 'GET', path: '/repositories' });
    const failure = await failureOf(storeKey(storeIn(github, organization(kind, [APP])), observed()));
    expect(failure.nobodyHasIt).toBe(true);
    expect(failure.message).toMatch(
      / failed: GitHub shows 1 of the 2 repositories that see it, and a write would take it from the others\. Give a token that sees them all\. No secret was changed\.$/,
    );
    expect(github.secrets.get(SLOT)).toBe('former');
  });

  it('is one of a pair, and each keeps its own visibility', async () => {
    await using github = await start();
    const slot = `${prefix}octo-org/ATLAS_PUBLIC`;
    github.addOrganizationSecret(slot, { visibility: 'all' });
    const store = { ...storeIn(github, organization(kind, [B])), names: PAIR };
    const [stored] = await storeKey(store, observed());
    expect(github.visibilityOf(slot)).toEqual({ visibility: 'all' });
    expect(github.visibilityOf(`${prefix}octo-org/ATLAS_PRIVATE`)).toEqual({
      visibility: 'selected',
      repositories: [B],
    });
    expect(stored?.where).toContain(' (visible to all repositories) (visible to 1 selected repository)');
  });

  it.each<[string, unknown, string]>([
    ['no visibility', { name: 'ATLAS_KEY' }, '/ATLAS_KEY'],
    ['an unknown visibility', { visibility: 'enterprise' }, '/ATLAS_KEY'],
    ['a page', '<html>', '/ATLAS_KEY'],
    ['no list', { total_count: 1 }, '/ATLAS_KEY/repositories'],
    ['no count', { repositories: [] }, '/ATLAS_KEY/repositories'],
    ['no ids', { total_count: 1, repositories: [{}] }, '/ATLAS_KEY/repositories'],
  ])('is not written where the answer has %s', async (_, body, path) => {
    await using github = await start();
    github.addOrganizationSecret(SLOT, { visibility: 'selected', repositories: [B] });
    github.fail({ status: 200, body }, { method: 'GET', path });
    const failure = await failureOf(storeKey(storeIn(github, organization(kind, [APP])), observed()));
    expect(failure.nobodyHasIt).toBe(true);
    expect(failure.message).toMatch(
      /^Reading who sees ATLAS_KEY in the (Actions|Dependabot) secrets of the organisation octo-org failed: the answer is none of this API\. Is GITHUB_API_URL its address\? No secret was changed\.$/,
    );
  });
});

describe('the secrets of an organisation', () => {
  it('are those of both kinds in one step, on an Enterprise Server', async () => {
    await using github = await start({ basePath: '/api/v3' });
    const places = [organization('actions', [B]), organization('dependabot', [B])];
    await storeKey(storeIn(github, ...places), observed());
    expect(Object.fromEntries(github.secrets)).toEqual({
      'octo-org/ATLAS_KEY': VALUE,
      'dependabot octo-org/ATLAS_KEY': VALUE,
    });
  });

  it('are not opened for a repository that the token does not see, and nothing is written', async () => {
    await using github = await start();
    const failure = await failureOf(
      storeKey(storeIn(github, organization('actions', [APP, 'octo-org/hidden'])), observed()),
    );
    expect(failure.nobodyHasIt).toBe(true);
    expect(failure.message).toBe(
      'Reading the repository octo-org/hidden failed: GitHub answered 404 (Not Found). Either it does not exist, or the ' +
        'token does not see it, for GitHub then answers 404 as well: it needs the repository permission "Metadata: read" (a ' +
        'classic token: the scope "repo").',
    );
    expect(github.secrets.size).toBe(0);
  });

  it('are not opened for a repository that was renamed', async () => {
    await using github = await start({ renamed: ['octo-org/old'] });
    const failure = await failureOf(
      storeKey(storeIn(github, organization('actions', ['octo-org/old'])), observed()),
    );
    expect(failure.message).toMatch(
      /^Reading the repository octo-org\/old failed: GitHub answered 301 .*was the repository renamed/,
    );
  });

  it('are not opened where a repository has no id', async () => {
    await using github = await start();
    github.fail({ status: 200, body: {} }, { method: 'GET', path: '/repos/octo-org/app' });
    const failure = await failureOf(storeKey(storeIn(github, organization('actions', [APP])), observed()));
    expect(failure.message).toContain('the answer is none of this API.');
  });

  it('are left as they are where somebody may not read who sees them', async () => {
    await using github = await start();
    github.fail({ status: 500 }, { method: 'GET', path: '/ATLAS_KEY', times: 9 });
    const failure = await failureOf(storeKey(storeIn(github, organization('actions', [APP])), observed()));
    // What could not be read was not written either.
    expect(failure.nobodyHasIt).toBe(true);
    expect(github.requests.map(({ method }) => method)).not.toContain('PUT');
  });
});

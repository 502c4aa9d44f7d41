/** A secret of an organisation: who sees it before, and who afterwards. */
import { describe, expect, it } from 'vitest';
import type { SecretKind, SecretPlace, SecretStore } from '../../src/request.ts';
import { COMBINED, failureOf, KEY, observed, PAIR, storeAt, storeKey } from './opening.ts';
import { type GitHub, type GitHubOptions, startGitHub, type Visibility } from './stand-in.ts';

const VALUE = `${KEY.publicKey}:${KEY.privateKey}`;
const [APP, B, C] = ['octo-org/app', 'octo-org/b', 'octo-org/c'] as const;

const start = (options: GitHubOptions = {}) => startGitHub({ repositories: [B, C], ...options });
const selected = (...repositories: string[]): Visibility => ({ visibility: 'selected', repositories });

function organization(
  kind: SecretKind,
  visibleTo: readonly string[],
  added: readonly string[] = visibleTo,
): SecretPlace {
  return { in: 'organization', kind, organization: 'octo-org', visibleTo, added };
}

const store = (github: GitHub, place: SecretPlace, names: SecretStore['names'] = COMBINED) =>
  storeKey(storeAt(github, { places: [place], names }), observed());

/** Storing fails with this message, and nothing is written. */
async function expectRefused(github: GitHub, place: SecretPlace, message: RegExp): Promise<void> {
  const failure = await failureOf(store(github, place));
  expect(failure.nobodyHasIt).toBe(true);
  expect(failure.message).toMatch(message);
  expect(github.requests.map(({ method }) => method)).not.toContain('PUT');
}

describe.each([
  ['actions', '', 'Actions'],
  ['dependabot', 'dependabot ', 'Dependabot'],
] as const)('a secret of an organisation (%s)', (kind, prefix, title) => {
  const SLOT = `${prefix}octo-org/ATLAS_KEY`;

  it('is new: exactly the repositories that are named see it', async () => {
    await using github = await start();
    const stored = await store(github, organization(kind, [C, APP]));
    expect(Object.fromEntries(github.secrets)).toEqual({ [SLOT]: VALUE });
    expect(github.visibilityOf(SLOT)).toEqual(selected(APP, C));
    const where = `the ${title} secrets of the organisation octo-org (visible to 2 selected repositories)`;
    expect(stored).toEqual([{ names: ['ATLAS_KEY'], where }]);
  });

  it.each<[string, Visibility, readonly string[], Visibility, string]>([
    ['all', { visibility: 'all' }, [B], { visibility: 'all' }, 'all repositories'],
    ['private', { visibility: 'private' }, [B], { visibility: 'private' }, 'the private repositories'],
    ['selected, and nobody is named', selected(C), [], selected(C), '1 selected repository'],
    ['selected, and the named are added', selected(C), [B, C], selected(B, C), '2 selected repositories'],
    ['selected, and seen by nobody', selected(), [], selected(), '0 selected repositories'],
  ])('exists and keeps who sees it: %s', async (_, before, added, after, words) => {
    await using github = await start();
    github.addOrganizationSecret(SLOT, before);
    const visibleTo = added.length === 0 ? [APP] : added;
    const [stored] = await store(github, organization(kind, visibleTo, added));
    expect(github.secrets.get(SLOT)).toBe(VALUE);
    expect(github.visibilityOf(SLOT)).toEqual(after);
    expect(stored?.where).toContain(`(visible to ${words})`);
  });

  it('keeps all who see it, page after page', async () => {
    const many = Array.from({ length: 120 }, (_, index) => `octo-org/app-${1000 + index}`);
    await using github = await start({ repositories: many });
    github.addOrganizationSecret(SLOT, selected(...many));
    await store(github, organization(kind, [APP]));
    expect(github.visibilityOf(SLOT)?.repositories).toEqual([APP, ...many]);
  });

  it('is one of a pair, and each keeps its own visibility', async () => {
    await using github = await start();
    const slot = `${prefix}octo-org/ATLAS_PUBLIC`;
    github.addOrganizationSecret(slot, { visibility: 'all' });
    const [stored] = await store(github, organization(kind, [B]), PAIR);
    expect(github.visibilityOf(slot)).toEqual({ visibility: 'all' });
    expect(github.visibilityOf(`${prefix}octo-org/ATLAS_PRIVATE`)).toEqual(selected(B));
    expect(stored?.where).toContain(' (visible to all repositories) (visible to 1 selected repository)');
  });

  it('is not written where the token does not see all who see it', async () => {
    await using github = await start();
    github.addOrganizationSecret(SLOT, selected(B, C));
    for (const repositories of [[{ id: 1_296_270 }], []]) {
      const body = { total_count: 2, repositories };
      github.fail({ status: 200, body }, { method: 'GET', path: '/repositories' });
    }
    await expectRefused(
      github,
      organization(kind, [APP]),
      / failed: GitHub shows 1 of the 2 repositories that see it, and a write would take it from the others\. Give a token that sees them all\. No secret was changed\.$/,
    );
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
    github.addOrganizationSecret(SLOT, selected(B));
    github.fail({ status: 200, body }, { method: 'GET', path });
    await expectRefused(
      github,
      organization(kind, [APP]),
      /^Reading who sees ATLAS_KEY in the (Actions|Dependabot) secrets of the organisation octo-org failed: this is no answer of GitHub's API\. Is GITHUB_API_URL its address\? No secret was changed\.$/,
    );
  });

  // What could not be read is not written either.
  it('is not written where nobody may read who sees it', async () => {
    await using github = await start();
    github.fail({ status: 500 }, { method: 'GET', path: '/ATLAS_KEY', times: 9 });
    await expectRefused(github, organization(kind, [APP]), /GitHub answered 500 in 5 tries/);
  });
});

describe('the secrets of an organisation are not opened for a repository', () => {
  it('that the token does not see', async () => {
    await using github = await start();
    await expectRefused(
      github,
      organization('actions', [APP, 'octo-org/hidden']),
      /^Reading the repository octo-org\/hidden failed: GitHub answered 404 \(Not Found\)\. .* the token needs the repository permission "Metadata: read" \(a classic token: the scope "repo"\)\.$/,
    );
  });

  it('that was renamed', async () => {
    await using github = await start({ renamed: ['octo-org/old'] });
    await expectRefused(
      github,
      organization('actions', ['octo-org/old']),
      /^Reading the repository octo-org\/old failed: GitHub answered 301 .*give the repository by its present name/,
    );
  });

  it('that has no id', async () => {
    await using github = await start();
    github.fail({ status: 200, body: {} }, { method: 'GET', path: '/repos/octo-org/app' });
    await expectRefused(github, organization('actions', [APP]), /this is no answer of GitHub's API\./);
  });
});

import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/inputs/findings.ts';
import { type Refusal, read, refuses, type Spoilt } from './workflow.ts';

const TOKEN = { githubToken: 'ghs_0123456789abcdefghij' };

const repositories = (count: number) =>
  Array.from({ length: count }, (_, index) => `acme/app-${index}`).join();

describe('stored secrets', () => {
  const K = { ...TOKEN, combinedSecret: 'K' };
  const PAIR = { publicKeySecret: 'ATLAS_PUBLIC', privateKeySecret: '_private' };
  const here = (kind: string, repository: string) => ({ in: 'repository', kind, repository });
  const org = (kind: string, visibleTo: string[], added: string[]) => {
    return { in: 'organization', kind, organization: 'Acme', visibleTo, added };
  };
  test.each<[string, Spoilt, Environment, object]>(
    // biome-ignore format: a table, one row a line
    [
      ['in one secret of this repository', K, {}, {}],
      ['as a pair, in an environment', { ...TOKEN, ...PAIR, secretEnvironment: 'production / eu' }, {}, { places: [{ in: 'environment', repository: 'acme/shop', environment: 'production / eu' }], names: { form: 'pair', ...PAIR } }],
      ['on Enterprise Server', K, { GITHUB_API_URL: 'https://github.acme.example/api/v3/' }, { apiUrl: 'https://github.acme.example/api/v3' }],
      ['on this machine, for a trial', K, { GITHUB_API_URL: 'http://127.0.0.1:8080' }, { apiUrl: 'http://127.0.0.1:8080' }],
      ['of several repositories and both kinds, each once whatever its case', { ...K, secretRepositories: 'acme/shop, acme/Web\nACME/web', secretKinds: 'dependabot,actions' }, {}, { places: [here('dependabot', 'acme/shop'), here('dependabot', 'ACME/web'), here('actions', 'acme/shop'), here('actions', 'ACME/web')] }],
      ['of an environment of another repository', { ...K, secretEnvironment: 'production', secretRepositories: 'other/web' }, {}, { places: [{ in: 'environment', repository: 'other/web', environment: 'production' }] }],
      ['of an organisation, visible to this repository alone, and nobody is added to one that exists', { ...K, secretOrganization: 'Acme' }, {}, { places: [org('actions', ['acme/shop'], [])] }],
      ['of an organisation, visible to the repositories that are named, which are added to one that exists', { ...K, secretOrganization: 'Acme', secretRepositories: 'ACME/a,acme/b', secretKinds: 'dependabot' }, {}, { places: [org('dependabot', ['ACME/a', 'acme/b'], ['ACME/a', 'acme/b'])] }],
    ],
  )('are %s', (_, inputs, variables, expected) => {
    const { request } = read(inputs, variables);
    const plain = { ...TOKEN, apiUrl: 'https://api.github.com', places: [here('actions', 'acme/shop')] };
    const names = { form: 'combined', secret: 'K' };
    expect(request.mode === 'ensure' && request.handover.store).toEqual({ ...plain, names, ...expected });
  });

  const NOT_FITTING = (misfits: string) =>
    `\`secretEnvironment\` does not fit ${misfits}: an environment belongs to one repository, and its secrets are those of Actions alone; leave one side out.`;
  const NO_ENVIRONMENT =
    '`secretEnvironment` is not the name of an environment: it has at most 255 characters in one line.';
  const NO_REPOSITORY = (text: string) =>
    `\`secretRepositories\` is "${text}", which is no repository: write its owner and its name, \`owner/name\`.`;
  const NOT_A_NAME = (input: string) =>
    `\`${input}\` is not the name of a secret: give the bare name (letters, digits and \`_\`; no digit and no \`GITHUB_\` first), not \`\${{ secrets.… }}\`.`;
  const NAMES = (given: string) =>
    `A key is stored either as \`combinedSecret\` or as \`publicKeySecret\` and \`privateKeySecret\`, but this step gives ${given}: choose one of the two, and give all that it takes.`;
  const NO_TOKEN = (given: string) =>
    `\`githubToken\` is empty, and secrets are to be stored (${given}): give a token that may write secrets (\`GITHUB_TOKEN\` may not).`;
  const FOREIGN = (names: string) =>
    `\`secretOrganization\` is "octo-org", which does not own ${names}: name in \`secretRepositories\` repositories of its own, for no other can see its secrets.`;
  refuses(
    // biome-ignore format: a table, one row a line
    [
      [TOKEN, [NAMES('`githubToken`')]],
      [{ ...TOKEN, secretEnvironment: 'production', secretOrganization: 'acme', secretKinds: 'dependabot' }, [NAMES('`githubToken`, `secretEnvironment`, `secretOrganization` and `secretKinds`'), NOT_FITTING('`secretOrganization` and `secretKinds`')]],
      [{ combinedSecret: 'ATLAS_KEY' }, [NO_TOKEN('`combinedSecret`')]],
      [{ publicKeySecret: 'A', privateKeySecret: 'B' }, [NO_TOKEN('`publicKeySecret` and `privateKeySecret`')]],
      [{ secretRepositories: 'acme/a' }, [NAMES('`secretRepositories`'), NO_TOKEN('`secretRepositories`')]],
      [{ ...TOKEN, combinedSecret: 'A', publicKeySecret: 'B', privateKeySecret: 'C' }, [NAMES('`githubToken`, `combinedSecret`, `publicKeySecret` and `privateKeySecret`')]],
      [{ ...TOKEN, combinedSecret: 'A', privateKeySecret: 'C' }, [NAMES('`githubToken`, `combinedSecret` and `privateKeySecret`')]],
      ...['publicKeySecret', 'privateKeySecret'].map((name): Refusal => [{ ...TOKEN, [name]: 'A' }, [NAMES(`\`githubToken\` and \`${name}\``)]]),
      [{ ...TOKEN, publicKeySecret: 'KEY', privateKeySecret: 'key' }, ['`publicKeySecret` and `privateKeySecret` name the same secret: one would overwrite the other; give two names.']],
      [{ ...TOKEN, combinedSecret: '1KEY' }, [NOT_A_NAME('combinedSecret')]],
      [{ ...TOKEN, combinedSecret: 'the-value-of-a-secret' }, [NOT_A_NAME('combinedSecret')]],
      [{ ...TOKEN, publicKeySecret: 'A B', privateKeySecret: 'ß' }, [NOT_A_NAME('publicKeySecret'), NOT_A_NAME('privateKeySecret')]],
      [{ ...TOKEN, combinedSecret: 'github_key' }, [NOT_A_NAME('combinedSecret')]],
      [{ githubToken: 'a\nb', combinedSecret: 'A' }, ['`githubToken` holds a blank, a line break or another character that cannot be part of it: store it again.']],
      [{ ...TOKEN, combinedSecret: 'A', secretEnvironment: 'a\nb' }, [NO_ENVIRONMENT]],
      [{ ...K, secretEnvironment: 'e', secretOrganization: 'acme' }, [NOT_FITTING('`secretOrganization`')]],
      [{ ...K, secretEnvironment: 'e', secretRepositories: 'acme/a,acme/b' }, [NOT_FITTING('`secretRepositories`')]],
      [{ ...K, secretEnvironment: 'e', secretKinds: 'actions,dependabot' }, [NOT_FITTING('`secretKinds`')]],
      [{ ...K, secretRepositories: 'shop\nhttps://github.com/acme/shop\nacme/..\n../acme\nacme/shop/actions' }, ['shop', 'https://github.com/acme/shop', 'acme/..', '../acme', 'acme/shop/actions'].map(NO_REPOSITORY)],
      [{ ...K, secretRepositories: repositories(101) }, ["`secretRepositories` names 101 repositories, and 100 are the most: for more, store an organisation's secret, and choose on GitHub who else sees it."]],
      [{ ...K, secretOrganization: 'acme/shop' }, ['`secretOrganization` is "acme/shop", which is not the name of an organisation: write it as its address on GitHub has it.']],
      [{ ...K, secretOrganization: 'octo-org' }, [FOREIGN('"acme/shop"')]],
      [{ ...K, secretOrganization: 'octo-org', secretRepositories: 'acme/a,octo-org/b,acme/c' }, [FOREIGN('"acme/a", "acme/c"')]],
      [{ ...K, timeout: '5s' }, []],
      [{ ...K, secretRepositories: repositories(100) }, []],
      [{ ...TOKEN, ...PAIR, secretRepositories: repositories(60) }, ['`timeout` is too short for 120 secrets, which are written a second apart, as GitHub asks for: give at least `139s`.']],
      [{ ...K, secretEnvironment: 'x'.repeat(255) }, []],
      [{ ...K, secretEnvironment: 'x'.repeat(256) }, [NO_ENVIRONMENT]],
      [{ ...K, secretRepositories: repositories(100), secretKinds: 'actions, dependabot' }, ['`timeout` is too short for 200 secrets, which are written a second apart, as GitHub asks for: give at least `219s`.']],
      [{ ...K, secretRepositories: repositories(100), secretKinds: 'actions, dependabot', timeout: '219s' }, []],
      [{ ...K, secretKinds: 'codespaces' }, ['`secretKinds` is "codespaces", which does not exist: choose `actions` or `dependabot`.']],
      [{ ...K, secretKinds: ',' }, ['`secretKinds` is empty: write `actions`.']],
      [K, ['`GITHUB_API_URL` is "http://github.acme.example", but credentials are sent over `https` only (`http` to this machine aside): write `https://…`.'], { GITHUB_API_URL: 'http://github.acme.example' }],
      [K, ['`GITHUB_API_URL` is "https://github.acme.example/api?x", but must end before `?` and `#`.'], { GITHUB_API_URL: 'https://github.acme.example/api?x' }],
      // Which is of no interest when nobody asks for secrets.
      [{}, [], { GITHUB_API_URL: 'nonsense' }],
    ],
  );
});

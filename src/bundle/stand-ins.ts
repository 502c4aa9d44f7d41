/**
 * Stands in for `@actions/http-client` and `@actions/exec` in the bundles (`paths` in tsconfig.json, which ncc obeys inside
 * node_modules too). The first brings a second undici and makes the step start 40 ms later; of all that is done with it we
 * need nothing: `@actions/core` wants it for OIDC tokens only, and `@actions/github` asks it for the proxy's agent, while
 * we hand octokit a `fetch` of our own that knows the proxy. The second loads Node's child processes, and `@actions/core`
 * imports it only to ask for the name of the operating system, which this action never does.
 */
export class HttpClient {
  /** `undefined` leaves octokit without an agent; its `fetch` needs none. */
  getAgent(): undefined {
    return undefined;
  }

  /** `undefined` leaves the choice of dispatcher to undici. */
  getAgentDispatcher(): undefined {
    return undefined;
  }

  /** What `getIDToken` of `@actions/core` would call. */
  getJson(): Promise<never> {
    return Promise.reject(
      new Error('This action asks for no OIDC token: @actions/http-client is not bundled'),
    );
  }
}

/** `@actions/core` makes one for OIDC tokens only. */
export class BearerCredentialHandler {}

export function getExecOutput(): Promise<never> {
  return Promise.reject(new Error('This action starts no programs: @actions/exec is not bundled'));
}

/**
 * Stands in for `@actions/exec` in the bundles, as `actions-http-client.ts` does for its package: `@actions/core`
 * imports it only to ask for the name of the operating system, which this action never does, and it loads
 * Node's child processes.
 */
export function getExecOutput(): Promise<never> {
  return Promise.reject(new Error('This action starts no programs: @actions/exec is not bundled'));
}

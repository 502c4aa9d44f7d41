/** The part of http-auth 4 that the tests use; the package has no types of its own. */
declare module 'http-auth' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  interface Guard {
    check(listener: (request: IncomingMessage, response: ServerResponse) => void): RequestListener;
  }
  const httpAuth: {
    digest(
      options: { realm: string; algorithm?: 'MD5' | 'MD5-sess' },
      checker: (username: string, tell: (hash: string) => void) => void,
    ): Guard;
  };
  export default httpAuth;
}

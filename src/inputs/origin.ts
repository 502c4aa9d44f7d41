import type { Findings } from './findings.ts';

/** Whether an address of a URL stays on this machine, where `http` is fine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/**
 * An address that secrets are sent to: `https`, or `http` on this machine. Returns it without a trailing
 * slash; `undefined` after a problem.
 */
export function parseServiceUrl(
  name: string,
  text: string,
  options: { readonly path: boolean },
  findings: Findings,
): string | undefined {
  // Not repeated: what stands before the @ may be a password.
  if (text.includes('@')) {
    findings.problem(
      `\`${name}\` holds a user or a password before an \`@\`: leave them out, they have inputs of their own.`,
    );
    return undefined;
  }
  const url = parseUrl(text);
  if (url === undefined || /\s/.test(text)) {
    const suggestion = /^[\w.-]+\.[a-z]+(:\d+)?$/i.test(text)
      ? `; did you mean \`https://${text}\`?`
      : ', such as `https://cloud.mongodb.com`.';
    findings.problem(
      `\`${name}\` is ${findings.quote(text)}, which is not an address: write one with its scheme${suggestion}`,
    );
    return undefined;
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    findings.problem(
      `\`${name}\` is ${findings.quote(text)}, but credentials are sent over \`https\` only (\`http\` to this machine aside): write \`https://…\`.`,
    );
    return undefined;
  }
  if (/[?#]/.test(text) || (!options.path && url.pathname !== '/')) {
    findings.problem(
      options.path
        ? `\`${name}\` is ${findings.quote(text)}, but must end before \`?\` and \`#\`.`
        : `\`${name}\` is ${findings.quote(text)}, but must end after the host: write \`${url.origin}\` (the path is for the input \`api\`).`,
    );
    return undefined;
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

function parseUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  return url === null || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || url.hostname === '' ? undefined : url;
}

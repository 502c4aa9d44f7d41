import { type Context, Faults } from './reader.ts';

/** Whether an address of a URL stays on this machine, where `http` is fine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** An address that secrets are sent to: `https`, or `http` on this machine. Its value has no trailing slash. */
export function serviceUrl(options: { readonly path: boolean }) {
  return (text: string, { quote }: Pick<Context, 'quote'>): string | Faults => {
    if (text.includes('@')) {
      // Not repeated: what stands before the @ may be a password.
      return new Faults(
        'holds a user or a password before an `@`: leave them out, they have inputs of their own.',
      );
    }
    const url = parseUrl(text);
    if (url === undefined || /\s/.test(text)) {
      const suggestion = /^[\w.-]+\.[a-z]+(:\d+)?$/i.test(text)
        ? `; did you mean \`https://${text}\`?`
        : ', such as `https://cloud.mongodb.com`.';
      return new Faults(`is ${quote(text)}, which is not an address: write one with its scheme${suggestion}`);
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
      return new Faults(
        `is ${quote(text)}, but credentials are sent over \`https\` only (\`http\` to this machine aside): write \`https://…\`.`,
      );
    }
    if (!options.path && (/[?#]/.test(text) || url.pathname !== '/')) {
      return new Faults(
        `is ${quote(text)}, but must end after the host: write \`${url.origin}\` (the path is for the input \`api\`).`,
      );
    }
    if (/[?#]/.test(text)) return new Faults(`is ${quote(text)}, but must end before \`?\` and \`#\`.`);
    return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  };
}

function parseUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  return url === null || !/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || url.hostname === '' ? undefined : url;
}

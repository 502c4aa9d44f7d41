import { describe, expect, test } from 'vitest';
import type { Environment } from '../../src/inputs/findings.ts';
import { read, refuses, type Spoilt } from './workflow.ts';

describe('the service', () => {
  test.each<[Spoilt, object]>([
    [{}, { baseUrl: 'https://cloud.mongodb.com', surface: 'atlas/v2' }],
    [{ baseUrl: 'https://cloud.mongodbgov.com/' }, { baseUrl: 'https://cloud.mongodbgov.com' }],
    [
      { baseUrl: 'HTTPS://Ops.Example:8443', api: 'public/v1.0' },
      { baseUrl: 'https://ops.example:8443', surface: 'public/v1.0' },
    ],
    [{ baseUrl: 'https://cloud.mongodb.com:443' }, { baseUrl: 'https://cloud.mongodb.com' }],
    [{ baseUrl: 'http://localhost:8080' }, { baseUrl: 'http://localhost:8080' }],
    [{ baseUrl: 'http://127.8.9.1:80' }, { baseUrl: 'http://127.8.9.1' }],
    [{ baseUrl: 'http://[::1]:8080/' }, { baseUrl: 'http://[::1]:8080' }],
    [{ api: 'atlas/v1.0' }, { surface: 'atlas/v1.0' }],
    [{ api: 'public/v1.0' }, { baseUrl: 'https://cloud.mongodb.com', surface: 'public/v1.0' }],
  ])('%j', (inputs, service) => {
    expect(read(inputs).service).toMatchObject(service);
    expect(read(inputs).service).not.toHaveProperty('proxy');
  });

  const httpsOnly = (text: string) =>
    `\`baseUrl\` is "${text}", but credentials are sent over \`https\` only (\`http\` to this machine aside): write \`https://…\`.`;
  const noAddress = (text: string) =>
    `\`baseUrl\` is "${text}", which is not an address: write one with its scheme, such as \`https://cloud.mongodb.com\`.`;
  const afterHost = (text: string) =>
    `\`baseUrl\` is "${text}", but must end after the host: write \`https://cloud.mongodb.com\` (the path is for the input \`api\`).`;
  const notHere = (text: string) => `\`baseUrl\` is "${text}", but must end before \`?\` and \`#\`.`;
  const userInfo = () =>
    '`baseUrl` holds a user or a password before an `@`: leave them out, they have inputs of their own.';
  const bad: [string, (text: string) => string][] = [
    ['http://cloud.mongodb.com', httpsOnly],
    ['http://localhost.example', httpsOnly],
    ['http://10.0.0.1', httpsOnly],
    ['ftp://cloud.mongodb.com', httpsOnly],
    ['cloud.mongodb.com', noAddress],
    ['https:cloud.mongodb.com', noAddress],
    ['https://', noAddress],
    ['https://cloud.mongodb .com', noAddress],
    ['https://cloud.mongodb.com/api/atlas/v2', afterHost],
    ['https://cloud.mongodb.com?x=1', notHere],
    ['https://cloud.mongodb.com/#', notHere],
    ['https://joe:hunter22@cloud.mongodb.com', userInfo],
    ['https://cloud.mongodb.com\\@evil.example', userInfo],
    ['joe:hunter22@cloud.mongodb.com', userInfo],
  ];
  refuses(bad.map(([baseUrl, problem]) => [{ baseUrl }, [problem(baseUrl)]]));
});

describe('the proxy', () => {
  test.each<[Environment, string | undefined]>([
    [{ HTTPS_PROXY: 'http://proxy.example:3128' }, 'http://proxy.example:3128/'],
    [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '.mongodb.com' }, undefined],
  ])('is the one for the base URL: %j', (variables, proxy) => {
    expect(read({}, variables).service.proxy).toBe(proxy);
  });

  const NO_URL =
    'HTTPS_PROXY is no http or https URL: write the proxy as `http://host:port`, or name cloud.mongodb.com in `NO_PROXY`.';
  refuses([[{}, [NO_URL], { HTTPS_PROXY: 'socks5://joe:hunter22@proxy.example' }]]);
});

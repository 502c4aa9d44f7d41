/**
 * The least that the job can cost in Node: sign in, list, and create what is missing, over one connection with one
 * nonce. No retry, no second look, no check that the key works, no rename: whatever goes wrong here is left behind.
 */
const { createHash, randomBytes } = require('node:crypto');
const { appendFileSync } = require('node:fs');
const https = require('node:https');

const { BASE_URL, GROUP_ID, PUBLIC_KEY, PRIVATE_KEY, DESC, ROLE, GITHUB_OUTPUT } = process.env;
const path = `/api/atlas/v2/groups/${GROUP_ID}/apiKeys`;
const media = 'application/vnd.atlas.2023-01-01+json';
const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
let challenge;
let uses = 0;

function send(method, target, body) {
  return new Promise((resolve, reject) => {
    const headers = { accept: media };
    if (body !== undefined) headers['content-type'] = media;
    if (challenge !== undefined) headers.authorization = sign(method, target);
    const request = https.request(`${BASE_URL}${target}`, { method, headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

function sign(method, uri) {
  const md5 = (text) => createHash('md5').update(text).digest('hex');
  uses += 1;
  const nc = uses.toString(16).padStart(8, '0');
  const cnonce = randomBytes(16).toString('hex');
  const { realm, nonce } = challenge;
  const secret = md5(`${PUBLIC_KEY}:${realm}:${PRIVATE_KEY}`);
  const response = md5(`${secret}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
  return (
    `Digest username="${PUBLIC_KEY}", realm="${realm}", nonce="${nonce}", uri="${uri}", response="${response}", ` +
    `algorithm=MD5, qop=auth, nc=${nc}, cnonce="${cnonce}"`
  );
}

async function main() {
  const list = `${path}?itemsPerPage=500&pageNum=1`;
  const header = (await send('GET', list)).headers['www-authenticate'];
  challenge = { realm: /realm="([^"]*)"/.exec(header)[1], nonce: /nonce="([^"]*)"/.exec(header)[1] };
  const listed = await send('GET', list);
  if (listed.status !== 200) throw new Error(listed.text);
  const found = JSON.parse(listed.text).results.find(({ desc }) => desc === DESC);
  let key = found;
  if (found === undefined) {
    const created = await send('POST', path, JSON.stringify({ desc: DESC, roles: [ROLE] }));
    if (created.status !== 200) throw new Error(created.text);
    key = JSON.parse(created.text);
    process.stdout.write(`::add-mask::${key.privateKey}\n`);
    appendFileSync(GITHUB_OUTPUT, `privateKey=${key.privateKey}\n`);
  }
  appendFileSync(GITHUB_OUTPUT, `publicKey=${key.publicKey}\n`);
  console.log(found === undefined ? 'created' : 'unchanged');
  agent.destroy();
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

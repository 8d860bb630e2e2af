// Two authorization servers that others wrote, on loopback: oidc-provider over TLS, which is certified and strict, and
// oauth2-mock-server over plain HTTP, which lets its answers be spoilt.
//
//   INTEROP_CLIENT_SECRET=… node servers.js --dir PKI
//
// prints one line of JSON, {"op":PORT,"mock":PORT}, and serves until its standard input ends.
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { mock } from './mock.js';
import { ISSUER_PATH, provider } from './provider.js';

const { values: options } = parseArgs({ options: { dir: { type: 'string' } } });
const read = (name) => fs.readFileSync(path.join(options.dir, name));

// The issuer holds the port, so the port comes first.
const server = https.createServer({
  cert: read('server.pem'),
  key: read('server.key'),
  ca: read('ca.pem'),
  requestCert: true,
  rejectUnauthorized: false,
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const op = server.address().port;
const callback = await provider(`https://localhost:${op}${ISSUER_PATH}`, read);
server.on('request', callback);

const ports = { op, mock: await mock() };
process.stdout.write(`${JSON.stringify(ports)}\n`);
process.stdin.resume().on('end', () => process.exit(0));

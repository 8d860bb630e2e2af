// jose behind one protocol: a list of jobs on standard input, the list of their outcomes on standard output.

import { readFileSync } from 'node:fs';
import { exportJWK, importPKCS8, importSPKI, jwtVerify, SignJWT } from 'jose';

const isSecret = (alg) => alg.startsWith('HS');
const octets = (text) => new TextEncoder().encode(text);

async function run(job) {
  const { alg } = job;
  const publicKey = () => (isSecret(alg) ? octets(job.public) : importSPKI(job.public, alg, { extractable: true }));
  switch (job.op) {
    case 'sign': {
      const key = isSecret(alg) ? octets(job.private) : await importPKCS8(job.private, alg);
      return { token: await new SignJWT(job.claims).setProtectedHeader({ alg, typ: 'JWT', kid: 'k1' }).sign(key) };
    }
    case 'verify': {
      const { payload } = await jwtVerify(job.token, await publicKey(), { algorithms: [alg], audience: 'orders' });
      return { claims: payload };
    }
    case 'jwk':
      return { jwk: { ...(await exportJWK(await publicKey())), alg, use: 'sig', kid: 'k1' } };
  }
}

const outcomes = [];
for (const job of JSON.parse(readFileSync(0, 'utf8'))) {
  outcomes.push(await run(job).catch((error) => ({ error: String(error) })));
}
process.stdout.write(JSON.stringify(outcomes));

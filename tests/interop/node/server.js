// The Node server of the interop tests: after a refused client certificate Node closes without an alert, and its
// reflection does not list itself.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const tls = require('node:tls');
const { parseArgs } = require('node:util');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');
const { ReflectionService } = require('@grpc/reflection');

const { values: options } = parseArgs({ options: { dir: { type: 'string' }, proto: { type: 'string' } } });
const read = (name) => fs.readFileSync(path.join(options.dir, name));
const orders = JSON.parse(fs.readFileSync(path.join(options.proto, 'orders.json'), 'utf8'));
const definition = loader.loadSync('orders.proto', {
  includeDirs: [options.proto],
  keepCase: true,
  longs: String,
  enums: String,
});
const service = grpc.loadPackageDefinition(definition).interop.v1.Orders.service;

const handlers = {
  Get(call, callback) {
    // The connection is silent meanwhile.
    if (call.request.id === 'slow') return setTimeout(() => callback(null, orders[0]), 2000);
    const order = orders.find((one) => one.id === call.request.id);
    if (order) callback(null, order);
    else callback({ code: grpc.status.NOT_FOUND, details: `no order "${call.request.id}"` });
  },
  List(call) {
    const count = call.request.count > 0 ? call.request.count : orders.length;
    for (const order of orders.slice(0, count)) call.write(order);
    call.end();
  },
  Put(call, callback) {
    let count = 0;
    let units = 0n;
    call.on('data', (order) => {
      count += 1;
      units += BigInt(order.price?.units ?? 0);
    });
    call.on('end', () => callback(null, { count, units: units.toString() }));
  },
  Chat(call) {
    call.on('data', (note) => call.write(note));
    call.on('end', () => call.end());
  },
};

/** What is wrong with the token of a call, or null. */
function refusal(metadata) {
  const [sent] = metadata.get('authorization');
  if (sent === undefined) return { code: grpc.status.UNAUTHENTICATED, details: 'missing bearer token' };
  if (sent === 'Bearer weak-token') return { code: grpc.status.PERMISSION_DENIED, details: 'role admin is needed' };
  if (sent !== 'Bearer good-token') return { code: grpc.status.UNAUTHENTICATED, details: 'invalid token' };
  return null;
}

function bearer(method, call) {
  if (method.path.startsWith('/grpc.reflection.')) return new grpc.ServerInterceptingCall(call);
  const listener = new grpc.ServerListenerBuilder()
    .withOnReceiveMetadata((metadata, next) => {
      const refused = refusal(metadata);
      if (refused) call.sendStatus(refused);
      else next(metadata);
    })
    .build();
  return new grpc.ServerInterceptingCall(call, new grpc.ResponderBuilder().withStart((next) => next(listener)).build());
}

const pair = () => [{ cert_chain: read('server.pem'), private_key: read('server.key') }];
const doors = {
  plaintext: { token: true, credentials: () => grpc.ServerCredentials.createInsecure() },
  tls: { token: true, credentials: () => grpc.ServerCredentials.createSsl(null, pair(), false) },
  patient: { credentials: () => grpc.ServerCredentials.createSsl(null, pair(), false) },
  mtls: { credentials: () => grpc.ServerCredentials.createSsl(read('ca.pem'), pair(), true) },
  mtls12: { maxVersion: 'TLSv1.2', credentials: () => grpc.ServerCredentials.createSsl(read('ca.pem'), pair(), true) },
};

async function open({ token, maxVersion, credentials }) {
  const server = new grpc.Server({ interceptors: token ? [bearer] : [] });
  server.addService(service, handlers);
  new ReflectionService(definition).addToServer(server);
  // grpc-js has no setting for the version: it takes Node's default, at the time of binding.
  const usual = tls.DEFAULT_MAX_VERSION;
  if (maxVersion) tls.DEFAULT_MAX_VERSION = maxVersion;
  try {
    return await new Promise((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', credentials(), (error, port) => (error ? reject(error) : resolve(port)));
    });
  } finally {
    tls.DEFAULT_MAX_VERSION = usual;
  }
}

async function main() {
  const ports = {};
  for (const [name, door] of Object.entries(doors)) ports[name] = await open(door);
  console.log(JSON.stringify(ports));
  process.stdin.resume().on('end', () => process.exit(0)); // the driver's end of it
}

main();

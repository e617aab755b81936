import { StorageFailed } from '../store.js';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Where the cluster is and as whom we go there. */
export interface Address {
  /** For the client: it may hold a password, so it stays out of every message. */
  readonly connectionString: string;
  /** `10.0.0.1:2113, 10.0.0.2:2113`: this may be shown. */
  readonly hosts: string;
  readonly credentials: Credentials;
}

/** The client waits for 50 s where no node of a list answers; our own deadlines are shorter. */
const DISCOVERY = { maxDiscoverAttempts: '3', gossipTimeout: '2' };
/** A server without TLS takes no credentials; that they are given keeps the client from its batch append. */
const NOBODY: Credentials = { username: 'sillage', password: '' };

/**
 * `esdb://user:password@host:port,host:port?tls=true&tlsCAFile=/path`, as the server's makers write it; since
 * version 25 they write `kurrentdb://`, which the client does not know and which means the same.
 * @throws StorageFailed, in one sentence that never repeats what was given
 */
export function parseAddress(url: string): Address {
  const parts = /^(?:esdb|kurrentdb)(\+discover)?:\/\/(?:([^:@/]+):([^@/]+)@)?([^@/?]+)\/?(?:\?(.*))?$/.exec(
    url.trim(),
  );
  if (!parts) throw wrong('it reads esdb://user:password@host:2113,host:2113?tls=true');
  const [, discover = '', username, password, hosts = '', query = ''] = parts;
  const names = hosts.split(',').map((host) => host.trim());
  if (!names.every((name) => /^[\w.-]+(:\d{1,5})?$/.test(name)))
    throw wrong('each host is a name and a port, host:2113');
  // The client would ask the first of them only.
  if (discover && names.length > 1) throw wrong('a list of hosts begins with esdb://');
  const settings = new URLSearchParams(query);
  const isOpen = settings.get('tls') === 'false';
  if (!isOpen && !(username && password))
    throw wrong('it names the user and the password of our service account');
  for (const [name, value] of Object.entries(DISCOVERY)) if (!settings.has(name)) settings.set(name, value);
  const user = username && password ? `${username}:${password}@` : '';
  return {
    connectionString: `esdb${discover}://${user}${names.join(',')}?${decodeURIComponent(settings.toString())}`,
    hosts: names.join(', '),
    credentials:
      username && password
        ? { username: decodeURIComponent(username), password: decodeURIComponent(password) }
        : NOBODY,
  };
}

function wrong(how: string): StorageFailed {
  return new StorageFailed(`SILLAGE_KURRENTDB_URL cannot be used: ${how}.`);
}

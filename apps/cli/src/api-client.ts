/** A running server, and who speaks to it. */
export interface Api {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The server that SILLAGE_URL names; with SILLAGE_TOKEN that says who calls, else in the development header. */
export function apiOf(caller: string): Api {
  const url = (process.env['SILLAGE_URL'] ?? 'http://127.0.0.1:3000').replace(/\/$/, '');
  const token = process.env['SILLAGE_TOKEN'];
  return { url, headers: token ? { authorization: `Bearer ${token}` } : { 'sillage-caller': caller } };
}

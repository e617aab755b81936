/** What reading somebody else's bytes comes to. Bytes that break a rule are a value; exceptions are our own faults. */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

export function ok<Value>(value: Value): Result<Value> {
  return { ok: true, value };
}

/** `reason`: one clause that finishes the sentence "It was refused because …". */
export function fail(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}

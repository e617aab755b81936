import type { Body } from './harness.js';

/** A case in the preparation of a session, as far as tests look at it. */
export interface Prepared {
  readonly personName: string;
  readonly expected: readonly { readonly name: string }[];
  readonly preparation: {
    readonly verdict: string;
    readonly toInform: { readonly recipients: readonly string[] };
    readonly barred: readonly { readonly recipient: string; readonly items: readonly string[] }[];
    readonly missing: readonly { readonly rule: string; readonly state: string }[];
  };
}
/** A session as it was held. */
export interface Held {
  readonly attestBy: string | null;
  readonly agenda: readonly {
    readonly tabled: readonly {
      readonly member: { readonly name: string };
      readonly items: readonly { readonly label: string }[];
    }[];
    readonly conclusions: readonly Body[];
    readonly toAttest: readonly { readonly member: { readonly name: string } }[];
  }[];
}

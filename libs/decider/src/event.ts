import type { CommandId, CorrelationId, EventId, StreamName } from './ids.js';

declare const instantBrand: unique symbol;
/** RFC 3339, UTC, milliseconds: `2026-01-09T10:00:00.000Z`. Sorts as text. */
export type Instant = string & { readonly [instantBrand]: true };

/** A date as people write it: it starts and ends with the day (month, year) in its zone. */
export interface CivilDate {
  /** `2026-01-09`; for precision `month` and `year` the first day of it. */
  readonly date: string;
  /** IANA zone, normally `Europe/Paris`. */
  readonly zone: string;
  readonly precision: 'day' | 'month' | 'year';
}

/** When something took effect, as precisely as it is known. */
export type Effective = Instant | CivilDate;

/** On whose behalf a command acts. `assistedBy`: the mandate of the professional who records for a person. */
export interface Actor {
  readonly kind: 'mandate' | 'person' | 'representative' | 'client';
  readonly id: string;
  readonly assistedBy?: string;
}

/** What a decision produces: a fact, before the ledger puts it into its envelope. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
  /** Left out: it takes effect when it is recorded. */
  readonly effectiveAt?: Effective;
}

/** What the ledger adds to a fact. */
export interface Metadata {
  readonly id: EventId;
  readonly stream: StreamName;
  /** Place in the stream, from 0. */
  readonly revision: number;
  /** Place in the whole ledger; grows in commit order. */
  readonly position: number;
  readonly schema: number;
  readonly recordedAt: Instant;
  readonly effectiveAt: Effective;
  readonly actor: Actor;
  readonly commandId: CommandId;
  readonly correlationId: CorrelationId;
  readonly causationId: EventId | null;
  /** Digest of the request, on the first event that it made; sealed with the payload. */
  readonly request?: string;
}

/** A fact in its envelope, as folds and projections see it. */
export type Recorded<Event extends DomainEvent> = Event extends DomainEvent ? Event & Metadata : never;

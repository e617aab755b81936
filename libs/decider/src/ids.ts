declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A UUID that names one kind of thing only: an item's id cannot be passed where a person's is asked for. */
export type Id<Kind extends string> = Branded<`${Kind}Id`>;
/** A code of the catalogue: purpose, category, provision. Whether it exists is the catalogue's answer. */
export type Code<Kind extends string> = Branded<`${Kind}Code`>;

export type EventId = Id<'Event'>;
export type CommandId = Id<'Command'>;
export type CorrelationId = Id<'Correlation'>;

/** `person-<uuid>`, `institution-<uuid>`, `catalogue`, … The part before the first dash is its kind. */
export type StreamName = Branded<'StreamName'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The one parser of ids: lower-case RFC 9562 UUID, any version. */
export function parseId<Kind extends string>(text: string): Id<Kind> | undefined {
  return UUID.test(text) ? (text as Id<Kind>) : undefined;
}

/** RFC 9562, section 5.8: a UUIDv8 of the first 16 bytes, so that equal bytes give an equal id. */
export function uuid8<Kind extends string>(bytes: Uint8Array): Id<Kind> {
  const b = bytes.slice(0, 16);
  b[6] = (b[6]! & 0x0f) | 0x80;
  b[8] = (b[8]! & 0x3f) | 0x80;
  const hex = Array.from(b, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return groups.join('-') as Id<Kind>;
}

/** For ids that were parsed or made before: they are taken at their word. */
export function asId<Kind extends string>(text: string): Id<Kind> {
  return text as Id<Kind>;
}

export function asCode<Kind extends string>(text: string): Code<Kind> {
  return text as Code<Kind>;
}

export function streamName(kind: string, id?: string): StreamName {
  return (id === undefined ? kind : `${kind}-${id}`) as StreamName;
}

/** `person` of `person-<uuid>`. */
export function streamKind(stream: StreamName): string {
  const dash = stream.indexOf('-');
  return dash < 0 ? stream : stream.slice(0, dash);
}

/** `<uuid>` of `person-<uuid>`; empty for a stream that is alone of its kind. */
export function streamKey(stream: StreamName): string {
  const dash = stream.indexOf('-');
  return dash < 0 ? '' : stream.slice(dash + 1);
}

import type { CellResult } from '#assessment';
import type { Intended } from '#person';
import { holderKey, type ItemId, type Recipient } from '#person';

export interface LeftOut {
  readonly items: readonly ItemId[];
  readonly recipients: readonly Recipient[];
}

/** A row or column of the table item × recipient. */
interface Line {
  readonly kind: 'item' | 'recipient';
  readonly key: string;
  readonly cells: number;
  readonly denied: number;
}

/**
 * What must be taken out so that nothing denied is left and one act can carry the rest. Whoever or whatever is most
 * denied goes first; as long as one cell is allowed, something remains.
 * @returns keys of items and recipients
 */
export function mostDenied(cells: readonly CellResult[]): {
  readonly items: ReadonlySet<string>;
  readonly recipients: ReadonlySet<string>;
} {
  const out = { item: new Set<string>(), recipient: new Set<string>() };
  for (;;) {
    const left = cells.filter((cell) => !out.item.has(cell.item) && !out.recipient.has(recipientOf(cell)));
    const [worst] = linesOf(left).toSorted(
      (a, b) => b.denied / b.cells - a.denied / a.cells || a.cells - b.cells,
    );
    if (!worst || worst.denied === 0) return { items: out.item, recipients: out.recipient };
    out[worst.kind].add(worst.key);
  }
}

function linesOf(cells: readonly CellResult[]): readonly Line[] {
  const line = (kind: Line['kind'], key: string, keyOf: (cell: CellResult) => string): Line => {
    const own = cells.filter((cell) => keyOf(cell) === key);
    return { kind, key, cells: own.length, denied: own.filter(({ verdict }) => verdict === 'deny').length };
  };
  const itemOf = (cell: CellResult): string => cell.item;
  return [
    ...[...new Set(cells.map(itemOf))].map((key) => line('item', key, itemOf)),
    ...[...new Set(cells.map(recipientOf))].map((key) => line('recipient', key, recipientOf)),
  ];
}

function recipientOf({ recipient }: CellResult): string {
  return holderKey(recipient as Recipient);
}

/** The act without what is denied, which it then names; unchanged where nothing or everything is denied. */
export function withoutDenied(intended: Intended, cells: readonly CellResult[]): Intended {
  const { act, declared } = intended;
  const denied = mostDenied(cells);
  const items = act.items.filter(({ item }) => !denied.items.has(item));
  const recipients = act.recipients.filter((recipient) => !denied.recipients.has(holderKey(recipient)));
  const nothingDenied = denied.items.size === 0 && denied.recipients.size === 0;
  if (nothingDenied || items.length === 0 || recipients.length === 0) return intended;
  const leftOut: LeftOut = {
    items: act.items.map(({ item }) => item).filter((item) => denied.items.has(item)),
    recipients: act.recipients.filter((recipient) => denied.recipients.has(holderKey(recipient))),
  };
  return { ...intended, act: { ...act, items, recipients }, declared: { ...declared, leftOut } };
}

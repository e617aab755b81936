import type { Teller } from './teller.js';

interface Holder {
  readonly name: string | null;
  readonly function: string | null;
  readonly institutionName: string | null;
  readonly key: string;
}

interface Known {
  readonly label: string | null;
  readonly holder: Holder;
  readonly status: string;
  readonly since: string;
  readonly purpose: string | null;
  readonly basis: string | null;
  readonly until: string | null;
  readonly hops: number;
}

interface Hop {
  readonly hop: number;
  readonly from: Holder | null;
  readonly to: Holder;
  readonly on: string;
  readonly purpose: string | null;
  readonly basis: string | null;
  readonly restsOn: string | null;
  readonly disclosure: string | null;
  readonly source: string | null;
  readonly reported: boolean;
}

type Out = (text: string) => void;

/** Who knows what about a person at one date pair, as a table. */
export async function printWhoKnows(
  teller: Teller,
  person: string,
  title: string,
  question: Readonly<Record<string, string>>,
  out: Out,
): Promise<void> {
  const rows = await teller.ask<Known>(`/v1/persons/${person}/who-knows`, question);
  out(`\n  ${title}\n`);
  const cells = rows
    .slice()
    .sort((a, b) => a.hops - b.hops || a.since.localeCompare(b.since))
    .map((row) => [
      nameOf(row.holder),
      row.label ?? '(sealed)',
      row.status,
      row.since,
      row.basis ?? (row.hops === 0 ? 'learnt it themselves' : 'none known'),
      row.until ?? '-',
      String(row.hops),
    ]);
  out(table(['Who', 'knows', 'status', 'since', 'basis', 'until', 'hops'], cells));
}

interface Professional {
  readonly name: string | null;
  readonly function: string | null;
  readonly institutionName: string | null;
  readonly mandate: string;
}

interface Prepared {
  readonly agenda: readonly {
    readonly expected: readonly Professional[];
    readonly preparation: {
      readonly barred: readonly { readonly recipient: string; readonly because: readonly { en: string }[] }[];
    } | null;
  }[];
}

interface Held {
  readonly agenda: readonly {
    readonly tabled: readonly {
      readonly member: Professional;
      readonly items: readonly { label: string }[];
    }[];
    readonly conclusions: readonly { readonly kind: string; readonly label: string }[];
    readonly toAttest: readonly { readonly member: Professional }[];
  }[];
}

/** A session of a commission: who could not hear the report, who did, and what came of it. */
export async function printSession(teller: Teller, path: string, out: Out): Promise<void> {
  const prepared = await teller.read<Prepared>(`${path}/preparation`);
  const held = await teller.read<Held>(path);
  const nameOfMandate = (key: string, expected: readonly Professional[]) => {
    const who = expected.find(({ mandate }) => `mandate:${mandate}` === key);
    return who ? nameOf({ ...who, key }) : key;
  };
  for (const { expected, preparation } of prepared.agenda)
    for (const { recipient, because } of preparation?.barred ?? [])
      out(`  not for ${nameOfMandate(recipient, expected)}: ${because.map(({ en }) => en).join(' ')}\n`);
  for (const { tabled, conclusions, toAttest } of held.agenda) {
    for (const { member, items } of tabled)
      out(
        `  tabled to ${nameOf({ ...member, key: member.mandate })}: ${items.map(({ label }) => label).join(', ')}\n`,
      );
    for (const { kind, label } of conclusions) out(`  ${kind}: ${label}\n`);
    const owing = toAttest.map(({ member }) => nameOf({ ...member, key: member.mandate }));
    out(`  still to attest that what they were given is destroyed: ${owing.join(', ') || 'nobody'}\n`);
  }
}

/** The path of one item or disclosure, as an indented list. */
export async function printTrail(
  teller: Teller,
  person: string,
  title: string,
  start: Readonly<Record<string, string>>,
  out: Out,
): Promise<void> {
  const hops = await teller.ask<Hop>(`/v1/persons/${person}/trail`, start);
  out(`\n  ${title}\n\n`);
  // One line for all items that went together.
  const lines = hops.map((hop) => `${'  '.repeat(hop.hop + 1)}${sentenceOf(hop)}\n`);
  for (const line of new Set(lines)) out(line);
}

function sentenceOf({ from, to, on, purpose, basis, restsOn, disclosure, source, reported }: Hop): string {
  if (disclosure === null) return `${on}  ${nameOf(to)} learnt it (${source})`;
  const told = reported ? ', reported afterwards' : '';
  const giver = from ? nameOf(from) : 'somebody';
  return `${on}  ${giver} → ${nameOf(to)}  [${purpose ?? 'purpose unknown'}; ${basis ?? restsOn ?? 'no basis known'}${told}]`;
}

function nameOf({ name, function: role, institutionName, key }: Holder): string {
  const who = name ?? role ?? key;
  return institutionName ? `${who} (${institutionName})` : who;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    `  ${cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd()}\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + rows.map(line).join('');
}

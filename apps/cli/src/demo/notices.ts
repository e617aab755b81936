import { setTimeout as sleep } from 'node:timers/promises';
import { by, nameOf, type Cast } from './cast.js';
import type { Teller } from './teller.js';

const PATIENCE_MS = 10_000;
const LOOK_MS = 50;

interface Happened {
  readonly type: string;
  readonly data: {
    readonly notice: string;
    readonly to: { readonly mandate: string };
    readonly holder: { readonly mandate: string };
    readonly items: readonly string[];
    readonly asks: string;
    readonly answerBy: { readonly date: string };
    readonly ground: string;
  };
}

/** The mediation service destroys what it was told; the FSL says on what ground it keeps it. */
export async function answerNotices(teller: Teller, cast: Cast, person: string): Promise<void> {
  const { haddad, perrin } = cast.people;
  const about = `/v1/persons/${person}`;
  const toHaddad = await noticeTo(teller, about, haddad.mandate);
  const toPerrin = await noticeTo(teller, about, perrin.mandate);
  await teller.on('2026-05-03');
  await teller.tell(by(haddad), 'diallo-mediation-purges', `${about}/purges`, {
    items: toHaddad.data.items,
    remains: 'nothing',
    effectiveAt: '2026-05-03',
  });
  const answer = `${about}/notices/${toPerrin.data.notice}/answer`;
  await teller.tell(by(perrin), 'diallo-fsl-contests', answer, {
    answer: 'contested',
    reason: 'Dossier d’aide en cours d’instruction (loi n° 90-449 du 31 mai 1990, article 6).',
  });
}

/** The ledger issues it by itself, a moment after the withdrawal. */
async function noticeTo(teller: Teller, about: string, mandate: string): Promise<Happened> {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
    const rows = await teller.ask<Happened>(`${about}/timeline`);
    const notice = rows.find(({ type, data }) => type === 'NoticeIssued' && data.to.mandate === mandate);
    if (notice) return notice;
    await sleep(LOOK_MS);
  }
  throw new Error('The notices that follow on the withdrawal were not issued.');
}

/** Who was told to forget, and what came of it. */
export async function printNotices(
  teller: Teller,
  cast: Cast,
  person: string,
  out: (text: string) => void,
): Promise<void> {
  const rows = await teller.ask<Happened>(`/v1/persons/${person}/timeline`);
  out('\n  Who was told that the consent was taken back, and what they answered\n\n');
  for (const { type, data } of rows)
    if (type === 'NoticeIssued')
      out(
        `    ${nameOf(cast, `mandate:${data.to.mandate}`)}: asked to ${data.asks}, ${answerTo(data, rows)}\n`,
      );
}

function answerTo({ notice, to, answerBy, items }: Happened['data'], rows: readonly Happened[]): string {
  const contested = rows.find(({ type, data }) => type === 'NoticeContested' && data.notice === notice);
  if (contested) return `keeps it: « ${contested.data.ground} »`;
  const purged = rows.find(
    ({ type, data }) =>
      type === 'PurgeAttested' &&
      data.holder.mandate === to.mandate &&
      items.every((item) => data.items.includes(item)),
  );
  return purged ? 'attested that it is destroyed' : `no answer yet (due ${answerBy.date})`;
}

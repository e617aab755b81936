import { assemble, nameOf, type Cast } from './cast.js';
import { tellDiallo, type DiallosStory } from './diallo.js';
import { tellHenri, type HenrisStory } from './henri.js';
import { tellLina, type LinasStory } from './lina.js';
import { printNotices } from './notices.js';
import { printSession, printTrail, printWhoKnows } from './print.js';
import { LAST_DAY, Teller } from './teller.js';

const PAST = '2026-02-01';
const LINAS_DAYS = [
  ['2026-04-01', ''],
  ['2026-04-21', ', after her withdrawal'],
] as const;
const DIALLOS_DAYS = [
  ['2026-04-21', ', the day of the session'],
  ['2026-05-02', ', after the withdrawal'],
] as const;

/** Plays the story and prints what the ledger answers. */
export async function playDemo(url: string, setsClock: boolean, out: (text: string) => void): Promise<void> {
  const teller = new Teller(url, setsClock);
  const cast = await assemble(teller);
  const henri = await tellHenri(teller, cast);
  const lina = await tellLina(teller, cast);
  const diallo = await tellDiallo(teller, cast);
  await teller.on(LAST_DAY);
  out(`\nSillage: the stories of Henri, Lina and the Diallo household\n\n`);
  out(`  ${teller.told} steps told through the HTTP API`);
  out(teller.repeated > 0 ? `, ${teller.repeated} of them known from an earlier telling.\n` : '.\n');
  const people = { 'Henri Lambert': henri.person, 'Lina Benali': lina.person, 'the Diallos': diallo.person };
  for (const [name, person] of Object.entries(people)) out(`  ${name}: ${person}\n`);
  printRefusals([...henri.refusals, ...lina.refusals, ...diallo.refusals], out);
  await printHenri(teller, cast, henri, setsClock, out);
  await printLina(teller, lina, setsClock, out);
  await printDiallo(teller, cast, diallo, setsClock, out);
}

function printRefusals(refusals: readonly string[], out: (text: string) => void): void {
  out(`  ${refusals.length} intended disclosures were refused, and the refusals recorded:\n`);
  for (const reason of refusals) out(`    - ${reason}\n`);
}

async function printHenri(
  teller: Teller,
  cast: Cast,
  { person, item, disclosure, access }: HenrisStory,
  setsClock: boolean,
  out: (text: string) => void,
): Promise<void> {
  out('\n=== Henri Lambert, 78: who knows what about him? ===\n');
  const now = setsClock ? `now (${LAST_DAY} in the story)` : 'now';
  await printWhoKnows(teller, person, now, {}, out);
  if (setsClock) {
    await printWhoKnows(teller, person, `on ${PAST}, as known now`, { validAt: PAST }, out);
    const then = `on ${PAST}, as known on ${PAST} (a call of 20 January was told later)`;
    await printWhoKnows(teller, person, then, { validAt: PAST, knownAt: PAST }, out);
  }
  const item_ = { item, direction: 'forward' };
  await printTrail(teller, person, 'Where "risque de chute" went (forward)', item_, out);
  const back = { disclosure, direction: 'backward' };
  await printTrail(teller, person, 'How M. Noël came to know it (backward)', back, out);
  out(`\n  He asked the SSIAD whom it told (to be answered by ${access.answerBy}); it named:\n\n`);
  for (const key of access.named) out(`    ${nameOf(cast, key)}\n`);
}

async function printLina(
  teller: Teller,
  { person, item, lastDisclosure }: LinasStory,
  setsClock: boolean,
  out: (text: string) => void,
): Promise<void> {
  out('\n=== Lina Benali, 34: three hops, then she withdraws ===\n');
  for (const [day, what] of setsClock ? LINAS_DAYS : [])
    await printWhoKnows(teller, person, `on ${day}${what}`, { validAt: day }, out);
  await printWhoKnows(teller, person, 'now', {}, out);
  const forward = { item, direction: 'forward' };
  await printTrail(teller, person, 'Where "limites fonctionnelles" went (forward)', forward, out);
  const backward = { disclosure: lastDisclosure, direction: 'backward' };
  await printTrail(teller, person, 'How the workshop came to know it (backward)', backward, out);
}

async function printDiallo(
  teller: Teller,
  cast: Cast,
  { person, composition, lastDisclosure, hearing }: DiallosStory,
  setsClock: boolean,
  out: (text: string) => void,
): Promise<void> {
  out('\n=== The Diallo household: a session of the CCAPEX, and a consent taken back ===\n');
  await printSession(teller, hearing.path, out);
  for (const [day, what] of setsClock ? DIALLOS_DAYS : [])
    await printWhoKnows(teller, person, `on ${day}${what}`, { validAt: day }, out);
  await printNotices(teller, cast, person, out);
  await printWhoKnows(teller, person, setsClock ? 'now, after the answers' : 'now', {}, out);
  const forward = { item: composition, direction: 'forward' };
  await printTrail(teller, person, 'Where what they told the adviser went (forward)', forward, out);
  const backward = { disclosure: lastDisclosure, direction: 'backward' };
  await printTrail(teller, person, 'How the FSL came to know it (backward)', backward, out);
}

import { streamKind } from '#decider';
import type { Check, CommittedEvent } from '#transparency';
import { element } from './elements.js';
import type { Examined } from './examine.js';
import { timeOf, told, type Language } from './translate.js';
import type { Outcome, Words } from './words.js';

const SIGNS = { passed: '✓', failed: '✗', warned: '!', skipped: '–' } as const;

/** In which language, with which words. */
export interface Voice {
  readonly language: Language;
  readonly words: Words;
}

/** The one line that says it all, for the live region. */
export function verdictOf(examined: Examined, { language, words }: Voice): HTMLElement {
  const outcome = outcomeOf(examined);
  const { word, means } = words.verdicts[outcome];
  const sentence =
    examined.verdict === 'unreadable'
      ? `${words.unreadable[examined.which]}${language === 'fr' ? '\u00A0' : ''}: ${told(examined.reason, language)}. ${means}`
      : means;
  const bad = outcome === 'failed' || outcome === 'unreadable';
  const sign = element('span', { 'aria-hidden': 'true' }, bad ? '✗ ' : '✓ ');
  return element(
    'div',
    { class: `verdict ${outcome}` },
    element('strong', {}, sign, word),
    element('p', {}, sentence),
  );
}

/** What is wrong first, then what is good to know, then everything. */
export function detailsOf(examined: Examined, voice: Voice): readonly HTMLElement[] {
  if (examined.verdict === 'unreadable') return [];
  const { words } = voice;
  const { checks, events, keep, verdict } = examined;
  const failed = checks.filter((check) => check.verdict === 'failed');
  const warned = checks.filter((check) => check.verdict === 'warned');
  return [
    ...(failed.length > 0 ? [element('h3', {}, words.wrong), listOf(failed, voice, true)] : []),
    ...(verdict === 'failed' ? [element('p', {}, words.whatNow)] : []),
    ...(warned.length > 0 ? [element('h3', {}, words.notable), listOf(warned, voice, true)] : []),
    ...(keep === undefined ? [] : [keepOf(keep, words)]),
    allOf(checks, voice),
    contentsOf(events, verdict === 'failed' ? words.unproved : words.contentsHint, voice),
    element('h3', {}, words.limitsTitle),
    element('ul', {}, ...words.limits.map((limit) => element('li', {}, limit))),
  ];
}

function outcomeOf(examined: Examined): Outcome {
  if (examined.verdict !== 'unaltered') return examined.verdict;
  if (examined.checks.some(({ name, verdict }) => name === 'loss' && verdict === 'warned'))
    return 'sinceLoss';
  return examined.checks.some(({ name }) => name === 'person') ? 'unaltered' : 'receipt';
}

function allOf(checks: readonly Check[], voice: Voice): HTMLElement {
  const { words } = voice;
  const streams = new Set([undefined, ...checks.map(({ stream }) => stream)]);
  const groups = [...streams].flatMap((stream) => [
    element('h3', {}, nameOf(stream, words)),
    listOf(
      checks.filter((check) => check.stream === stream),
      voice,
      false,
    ),
  ]);
  return element('details', {}, element('summary', {}, words.allChecks), ...groups);
}

function nameOf(stream: Check['stream'], { general, streams }: Words): string {
  return stream === undefined ? general : (streams[streamKind(stream)] ?? stream);
}

/** One line a check. `withStream`: it says which of the records it is about. */
function listOf(checks: readonly Check[], { language, words }: Voice, withStream: boolean): HTMLElement {
  const lines = checks.map(({ name, stream, verdict, sentence }) => {
    const about = withStream && stream !== undefined ? ` (${nameOf(stream, words)})` : '';
    const title = `${words.checks[name]}${about} — ${words.marks[verdict]}`;
    return element(
      'li',
      { class: `mark-${verdict}`, 'data-check': name, 'data-verdict': verdict },
      element('span', { 'aria-hidden': 'true' }, SIGNS[verdict]),
      element('div', {}, element('b', {}, title), element('span', {}, told(sentence, language))),
    );
  });
  return element('ul', { class: 'checks' }, ...lines);
}

function keepOf(text: string, words: Words): HTMLElement {
  const button = element('button', { type: 'button' }, words.keep);
  button.addEventListener('click', () => {
    const href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    element('a', { href, download: words.keepName }).click();
    URL.revokeObjectURL(href);
  });
  return element('div', { id: 'keep' }, button, element('p', { class: 'quiet' }, words.keepHint));
}

/** Thousands of events are written out once somebody wants to read them. */
function contentsOf(
  events: readonly CommittedEvent[],
  hint: string,
  { language, words }: Voice,
): HTMLElement {
  const details = element('details', {}, element('summary', {}, words.contents(events.length)));
  const fill = () => {
    details.append(
      element('p', { class: 'quiet' }, hint),
      ...events.flatMap(({ type, n, stream, recordedAt, payload }) => [
        element('h3', {}, `${nameOf(stream, words)}, ${words.event.toLowerCase()} ${n}`),
        element('p', { class: 'quiet' }, `${when(recordedAt, language)} · ${type}`),
        element('pre', {}, JSON.stringify(payload, null, 1)),
      ]),
    );
  };
  details.addEventListener('toggle', fill, { once: true });
  return details;
}

function when(recordedAt: string, language: Language): string {
  return Number.isNaN(Date.parse(recordedAt)) ? recordedAt : timeOf(recordedAt, language);
}

import { systemClock } from '#time';
import { element, found } from './elements.js';
import { examine, type Examined } from './examine.js';
import { detailsOf, verdictOf } from './result.js';
import type { Language } from './translate.js';
import { ENGLISH_WORDS } from './words.en.js';
import { FRENCH_WORDS } from './words.fr.js';
import type { Words } from './words.js';

const WORDS: Readonly<Record<Language, Words>> = { fr: FRENCH_WORDS, en: ENGLISH_WORDS };

/** The form, and what was found last. */
export class Page {
  private readonly file = found('file', HTMLInputElement);
  private readonly trustFile = found('trust-file', HTMLInputElement);
  private readonly trustText = found('trust-text', HTMLTextAreaElement);
  private readonly saved = found('saved', HTMLInputElement);
  private readonly person = found('person', HTMLInputElement);
  private language: Language = navigator.language.startsWith('fr') ? 'fr' : 'en';
  private last: Examined | undefined;

  start(): void {
    found('form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      void this.verify();
    });
    for (const button of languageButtons())
      button.addEventListener('click', () => this.speak(button.dataset['language'] as Language));
    const save = found('save', HTMLAnchorElement);
    if (location.protocol.startsWith('http')) {
      save.href = location.pathname;
      save.download = 'verify.html';
      save.hidden = false;
    }
    this.speak(this.language);
  }

  private speak(language: Language): void {
    this.language = language;
    const words = WORDS[language];
    document.documentElement.lang = language;
    for (const [attribute, put] of [
      ['say', (place: HTMLElement, text: string) => (place.textContent = text)],
      ['label', (place: HTMLElement, text: string) => place.setAttribute('aria-label', text)],
    ] as const)
      for (const place of document.querySelectorAll<HTMLElement>(`[data-${attribute}]`))
        put(place, words[place.dataset[attribute] as 'title']);
    for (const button of languageButtons())
      button.setAttribute('aria-pressed', String(button.dataset['language'] === language));
    this.complain([]);
    if (this.last) this.show(this.last);
  }

  private async verify(): Promise<void> {
    const trust = (await textOf(this.trustFile)) ?? this.trustText.value;
    const file = await textOf(this.file);
    const missing = [
      ...(file === undefined ? (['file'] as const) : []),
      ...(trust.trim() === '' ? (['trust'] as const) : []),
    ];
    this.complain(missing);
    if (file === undefined || missing.length > 0) return;
    const saved = await textOf(this.saved);
    const person = this.person.value.trim();
    found('details', HTMLDivElement).replaceChildren();
    found('verdict', HTMLDivElement).replaceChildren(element('p', {}, WORDS[this.language].working));
    await painted();
    this.last = examine(
      { file, trust, ...(saved !== undefined && { saved }), ...(person && { person }) },
      systemClock.now(),
    );
    this.show(this.last);
    found('result-title', HTMLHeadingElement).scrollIntoView();
  }

  private complain(missing: readonly ('file' | 'trust')[]): void {
    for (const [name, fields] of [
      ['file', [this.file]],
      ['trust', [this.trustFile, this.trustText]],
    ] as const) {
      const wrong = missing.includes(name);
      const error = found(`${name}-error`, HTMLParagraphElement);
      error.textContent = wrong ? WORDS[this.language].missing[name] : '';
      error.hidden = !wrong;
      for (const field of fields) field.setAttribute('aria-invalid', String(wrong));
    }
    if (missing[0] !== undefined) (missing[0] === 'file' ? this.file : this.trustFile).focus();
  }

  private show(examined: Examined): void {
    const voice = { language: this.language, words: WORDS[this.language] };
    found('result-title', HTMLHeadingElement).hidden = false;
    found('verdict', HTMLDivElement).replaceChildren(verdictOf(examined, voice));
    found('details', HTMLDivElement).replaceChildren(...detailsOf(examined, voice));
  }
}

function languageButtons(): NodeListOf<HTMLButtonElement> {
  return document.querySelectorAll('button[data-language]');
}

/** Undefined where no file was chosen. */
async function textOf({ files }: HTMLInputElement): Promise<string | undefined> {
  return files?.[0]?.text();
}

/** Lets the browser draw before a long computation. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

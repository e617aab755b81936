import type { Instant } from '#decider';
import { addDays, civilDate, dayOf, daysBetween } from '#time';

/** What is older than the story stays where it is. */
const FIRST_DAY = '2026-01-02';
/** The day on which the story is looked back at, when it runs on its own clock. */
export const LAST_DAY = '2026-05-04';

/** What a command answers, and the ids of what it made. */
export interface Told {
  readonly position: number;
  readonly [made: string]: unknown;
}

export type Body = Readonly<Record<string, unknown>>;

/** Tells a story to a Sillage server over its public HTTP API. Told again, it changes nothing. */
export class Teller {
  /** Position of the last thing told: questions wait for it. */
  private position = 0;
  told = 0;
  repeated = 0;
  private day = FIRST_DAY;
  /** In real time: the day on which the story was first told here. */
  private toldOn: string | undefined;

  constructor(
    readonly url: string,
    /** The server runs on a clock that this story sets. */
    private readonly setsClock: boolean,
  ) {}

  /** From now on it is this day, at nine in the morning. Days that are past stay past on a story told twice. */
  async on(day: string): Promise<void> {
    this.day = day;
    if (!this.setsClock) return;
    const response = await this.send('PUT', '/demo/clock', 'client:story', { now: `${day}T09:00:00Z` });
    if (!response.ok) throw new Error(`The story's clock could not be set: ${await sentenceOf(response)}`);
  }

  /** In real time everything happens on the day on which this person was registered, today or at the first telling. */
  async beginsWith(person: string): Promise<void> {
    if (this.setsClock) return;
    const [first] = await this.ask<{ readonly recordedAt: Instant }>(`/v1/persons/${person}/timeline`);
    this.toldOn = dayOf(first!.recordedAt);
  }

  /** @param key names this step of the story for ever, so that a second telling is recognised */
  async tell(caller: string, key: string, path: string, body: Body): Promise<Told> {
    const response = await this.send('POST', path, caller, this.dated(body), key);
    if (!response.ok) throw new Error(`The step "${key}" was not accepted: ${await sentenceOf(response)}`);
    return this.note((await response.json()) as Told);
  }

  /** A step that the ledger must refuse; the answer carries the reasons. */
  async tellRefused(caller: string, key: string, path: string, body: Body): Promise<Told> {
    const response = await this.send('POST', path, caller, this.dated(body), key);
    const answer = (await response.json()) as Told & { readonly type?: string };
    if (answer.type !== 'urn:sillage:problem:disclosure-refused')
      throw new Error(`The step "${key}" should have been refused, but was not.`);
    return this.note(answer);
  }

  /** A question about a person. */
  async ask<Row>(path: string, question: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
    const rest = { reason: 'technical', after: String(this.position), limit: '500' };
    const query = new URLSearchParams({ ...question, ...rest });
    const response = await this.send('GET', `${path}?${query.toString()}`, 'client:story');
    if (!response.ok) throw new Error(`The question ${path} was not answered: ${await sentenceOf(response)}`);
    return ((await response.json()) as { readonly rows: readonly Row[] }).rows;
  }

  /** A question that answers something else than rows. */
  async read<Answer>(path: string): Promise<Answer> {
    const response = await this.send('GET', `${path}?reason=technical`, 'client:story');
    if (!response.ok) throw new Error(`The question ${path} was not answered: ${await sentenceOf(response)}`);
    return (await response.json()) as Answer;
  }

  /**
   * In real time everything up to the story's last day happens on the day of the telling, and what is to come after
   * it lies as far ahead.
   */
  private dated(body: Body): Body {
    const { toldOn, day } = this;
    if (toldOn === undefined) return body;
    const moved = (value: unknown): unknown => {
      if (isPart(value)) return mapped(value, moved);
      if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value) || value < FIRST_DAY) return value;
      return value <= LAST_DAY ? toldOn : addDays(civilDate(toldOn), daysBetween(day, value)).date;
    };
    return mapped(body, moved);
  }

  private note(answer: Told): Told {
    this.position = Math.max(this.position, answer.position);
    this.told++;
    if (answer['repeated'] === true) this.repeated++;
    return answer;
  }

  private send(method: string, path: string, caller: string, body?: Body, key?: string): Promise<Response> {
    const headers: Record<string, string> = { 'sillage-caller': caller };
    if (body) headers['content-type'] = 'application/json';
    if (key) headers['idempotency-key'] = `sillage-demo-${key}`;
    return fetch(this.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  }
}

function isPart(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapped(body: Body, change: (value: unknown) => unknown): Body {
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, change(value)]));
}

async function sentenceOf(response: Response): Promise<string> {
  const problem = (await response.json().catch(() => ({}))) as {
    readonly detail?: string;
    readonly errors?: readonly { readonly field: string; readonly detail: string }[];
  };
  const fields = (problem.errors ?? []).map(({ field, detail }) => `${field}: ${detail}`).join('; ');
  return `${response.status} ${problem.detail ?? ''} ${fields}`.trim();
}

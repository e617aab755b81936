import type { Catalogue, Catalogues } from '#catalogue';
import { accept, reject, type Actor, type Decision, type Instant, type StreamName } from '#decider';
import type { Directory, InstitutionId } from '#directory';
import type { Outcome } from '#event-store';
import type { CommandRequest, Recorder } from '#http';
import type { Rejected } from '#time';
import type { DeferralEvent } from './deferral/deferral.events.js';
import { deferralFold } from './deferral/deferral.js';
import type { Deferrals } from './deferral/deferrals.js';
import { followsFrom } from './deferral/follows.js';
import type { PersonEvent } from './person.events.js';
import { personStream, type PersonId } from './person.ids.js';
import { personFold, withPlaced } from './person.js';
import type { ActivePerson } from './person.state.js';
import { noSuchPerson } from './rules.js';
import type { Placed } from './will.events.js';

/** What every decision about a person is given beside the person: nothing in it is looked up later. */
export interface Facts {
  readonly now: Instant;
  readonly catalogue: Catalogue;
  /** Revision of the person's stream that the decision sees. */
  readonly revision: number;
  readonly caller: Actor;
  /** Where the caller acts under a mandate. */
  readonly callerInstitution?: InstitutionId;
}

export type DecideOnPerson<Event extends PersonEvent> = (
  person: ActivePerson,
  facts: Facts,
) => Decision<Event> | Promise<Decision<Event>>;

/** Where commands about a person are decided: gathers the facts afresh for every attempt. */
export class PersonDesk {
  constructor(
    private readonly recorder: Recorder,
    private readonly catalogues: Catalogues,
    private readonly directory: Directory,
    private readonly deferrals: Deferrals,
  ) {}

  /** Once an erasure was requested the person is as absent here as one who never was. */
  decide<Event extends PersonEvent>(
    person: PersonId,
    request: CommandRequest,
    decide: DecideOnPerson<Event>,
  ): Promise<Outcome<Event>> {
    return this.decideWhileErasing(person, request, (state, facts) =>
      state.erasureRequested ? noSuchPerson({ status: 'closed' }) : decide(state, facts),
    );
  }

  /**
   * For what an erasure needs itself: answers to its notices, legal holds. Deferrals that the caller may see are in
   * sight; what follows from one is recorded on its stream, where the person does not meet it.
   */
  async decideWhileErasing<Event extends PersonEvent>(
    person: PersonId,
    request: CommandRequest,
    decide: DecideOnPerson<Event>,
  ): Promise<Outcome<Event>> {
    const institution = await this.institutionOf(request);
    const seen = await this.deferrals.seenBy({ caller: request.caller, institution }, person);
    for (const { stream } of seen)
      if (await this.recorder.knows(stream, deferralFold, request))
        return this.inDeferral(stream, person, request, decide, []);
    const open = await this.deferrals.openOf(seen);
    let covering: StreamName | undefined;
    const outcome = await this.recorder.decide(
      personStream(person),
      personFold,
      request,
      async (state, revision) => {
        covering = undefined;
        if (state.status !== 'active') return noSuchPerson(state);
        const facts = await this.factsOf(request, revision, institution);
        const decision = await decide(state, facts);
        for (const { stream, placed } of open) {
          const known = withPlaced(state, placed);
          const together = await decide(known, facts);
          if (together.kind === 'rejected') return together;
          if (!followsFrom({ person: state, decision }, { person: known, decision: together })) continue;
          covering = stream;
          return accept();
        }
        return decision;
      },
    );
    if (covering === undefined || outcome.kind !== 'recorded' || outcome.repeated)
      return outcome as Outcome<Event>;
    return this.inDeferral(
      covering,
      person,
      request,
      decide,
      open.flatMap(({ placed }) => placed),
    );
  }

  /** What every decision is given beside the person, as of now. */
  async factsOf(
    { caller }: CommandRequest,
    revision: number,
    institution: InstitutionId | undefined,
  ): Promise<Facts> {
    return {
      now: this.recorder.ledger.clock.now(),
      catalogue: await this.catalogues.current(),
      revision,
      caller,
      ...(institution ? { callerInstitution: institution } : {}),
    };
  }

  /** The institution for which a request acts, where it comes under a mandate. */
  async institutionOf({ caller }: CommandRequest): Promise<InstitutionId | undefined> {
    return caller.kind === 'mandate' ? this.directory.institutionOf(caller.id) : undefined;
  }

  /** The person's stream is a fact from another stream here: read afresh at every attempt, and cited. */
  private async inDeferral<Event extends PersonEvent>(
    stream: StreamName,
    person: PersonId,
    { expectedRevision: _, ...request }: CommandRequest,
    decide: DecideOnPerson<Event>,
    placed: readonly Placed[],
  ): Promise<Outcome<Event>> {
    const institution = await this.institutionOf(request);
    const outcome = await this.recorder.decide(stream, deferralFold, request, async (deferral) => {
      const { state, revision } = await this.recorder.ledger.load(personStream(person), personFold);
      if (state.status !== 'active' || deferral.status !== 'open') return endedMeanwhile();
      const facts = await this.factsOf(request, revision, institution);
      return citing(await decide(withPlaced(state, placed), facts), personStream(person), revision);
    });
    return outcome as Outcome<Event>;
  }
}

/** The decision's acts with the revision of the person's stream that they were decided on. */
export function citing<Event extends DeferralEvent>(
  decision: Decision<Event>,
  stream: StreamName,
  revision: number,
): Decision<Event> {
  if (decision.kind === 'rejected') return decision;
  const cited = decision.events.map((event) =>
    event.type === 'DisclosureRecorded'
      ? { ...event, data: { ...event.data, cites: [...event.data.cites, { stream, revision }] } }
      : event,
  );
  return accept(...cited);
}

function endedMeanwhile(): Rejected {
  return reject({
    kind: 'already-ended',
    detail: 'The deferral that this follows from has just ended.',
    remedy: 'Send the same request again.',
  });
}

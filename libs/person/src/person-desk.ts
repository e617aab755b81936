import type { Catalogue, Catalogues } from '#catalogue';
import type { Actor, Decision, Instant } from '#decider';
import type { Directory, InstitutionId } from '#directory';
import type { Outcome } from '#event-store';
import type { CommandRequest, Recorder } from '#http';
import type { PersonEvent } from './person.events.js';
import { personStream, type PersonId } from './person.ids.js';
import { personFold } from './person.js';
import type { ActivePerson } from './person.state.js';
import { noSuchPerson } from './rules.js';

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

  /** For what an erasure needs itself: answers to its notices, legal holds. */
  async decideWhileErasing<Event extends PersonEvent>(
    person: PersonId,
    request: CommandRequest,
    decide: DecideOnPerson<Event>,
  ): Promise<Outcome<Event>> {
    const { caller } = request;
    const own = caller.kind === 'mandate' ? await this.directory.institutionOf(caller.id) : undefined;
    const outcome = await this.recorder.decide(
      personStream(person),
      personFold,
      request,
      async (state, revision) => {
        const facts = {
          now: this.recorder.ledger.clock.now(),
          catalogue: await this.catalogues.current(),
          revision,
          caller: request.caller,
          ...(own ? { callerInstitution: own } : {}),
        };
        if (state.status !== 'active') return noSuchPerson(state);
        return decide(state, facts);
      },
    );
    return outcome as Outcome<Event>;
  }
}

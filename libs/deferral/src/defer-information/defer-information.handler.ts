import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Decision, StreamName } from '#decider';
import { Directory } from '#directory';
import { Intentions, rejectTabling, type DisclosureWish } from '#disclosure';
import { Recorder, type CommandRequest } from '#http';
import {
  citing,
  deferralFold,
  Deferrals,
  deferralStream,
  noSuchPerson,
  PersonDesk,
  personFold,
  personStream,
  unknownReference,
  withPlaced,
  type ActivePerson,
  type DeferralEvent,
  type Facts,
  type PersonId,
} from '#person';
import { ended } from '../rules.js';
import { deferInformation, type DeferInformation } from './defer-information.js';

export class DeferInformationCommand {
  constructor(
    readonly person: PersonId,
    readonly said: Pick<DeferInformation, 'ground' | 'reason' | 'reviewBy'>,
    readonly wish: DisclosureWish,
    /** The mandate that decides where the assessment asks for a human decision. */
    readonly escalateTo: string | undefined,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(DeferInformationCommand)
export class DeferInformationHandler implements ICommandHandler<DeferInformationCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly recorder: Recorder,
    private readonly deferrals: Deferrals,
    private readonly directory: Directory,
    private readonly intentions: Intentions,
  ) {}

  /** Decided on the person's stream and what is deferred already, recorded on a stream of its own. */
  async execute(command: DeferInformationCommand) {
    const { person, request } = command;
    const own = personStream(person);
    const deferral = await this.recorder.idFor<'Deferral'>(request, `${own} deferral`);
    const institution = await this.desk.institutionOf(request);
    const stale = await this.staleness(own, deferralStream(deferral), request);
    if (stale) return stale;
    const { expectedRevision: _, ...anew } = request;
    return this.recorder.decide(deferralStream(deferral), deferralFold, anew, async (before) => {
      if (before.status !== 'unknown') return ended();
      const { state, revision } = await this.recorder.ledger.load(own, personFold);
      if (state.status !== 'active') return noSuchPerson(state);
      if (state.erasureRequested) return noSuchPerson({ status: 'closed' });
      const facts = await this.desk.factsOf(request, revision, institution);
      const seen = await this.deferrals.placedFor({ caller: request.caller, institution }, person);
      const decision = await this.decide(command, deferral, withPlaced(state, seen), facts);
      if (decision.kind === 'accepted') await this.deferrals.entrust(deferral, person);
      return citing(decision, own, revision);
    });
  }

  /** If-Match names the revision of the person's stream that the caller saw: the deferral's stream is new. */
  private async staleness(own: StreamName, stream: StreamName, request: CommandRequest) {
    const { expectedRevision } = request;
    if (expectedRevision === undefined || (await this.recorder.knows(stream, deferralFold, request)))
      return undefined;
    const { revision } = await this.recorder.ledger.load(own, personFold);
    return revision === expectedRevision ? undefined : ({ kind: 'precondition-failed', revision } as const);
  }

  private async decide(
    { said, wish, escalateTo }: DeferInformationCommand,
    deferral: DeferInformation['deferral'],
    person: ActivePerson,
    facts: Facts,
  ): Promise<Decision<DeferralEvent>> {
    const tabling = rejectTabling(wish.said.frame);
    if (tabling) return tabling;
    const resolved = await this.intentions.resolve(wish, person, facts);
    if (resolved.kind === 'rejected') return resolved;
    const decider = escalateTo === undefined ? undefined : await this.directory.mandate(escalateTo);
    if (escalateTo !== undefined && !decider) return unknownReference('escalateTo', 'mandate of this ledger');
    const { intended, facts: all } = resolved.value;
    const command = { deferral, ...said, intended: { ...intended, ...(decider ? { decider } : {}) } };
    return deferInformation(person, command, all);
  }
}

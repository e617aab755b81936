import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, unknownReference, type PersonId } from '#person';
import { Intentions, type DisclosureWish } from '../intention.query.js';
import { rejectTabling } from '../rules.js';
import { AfterMandates } from './after-mandate.query.js';
import { recordDisclosure } from './record-disclosure.js';

export class RecordDisclosureCommand {
  constructor(
    readonly person: PersonId,
    readonly wish: DisclosureWish,
    /** The mandate that decides where the assessment asks for a human decision. */
    readonly escalateTo: string | undefined,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(RecordDisclosureCommand)
export class RecordDisclosureHandler implements ICommandHandler<RecordDisclosureCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
    private readonly intentions: Intentions,
    private readonly afterMandates: AfterMandates,
  ) {}

  async execute({ person, wish, escalateTo, request }: RecordDisclosureCommand) {
    await this.afterMandates.demandAlert(person, wish, request.caller);
    return this.desk.decide(person, request, async (state, facts) => {
      const tabling = rejectTabling(wish.said.frame);
      if (tabling) return tabling;
      const resolved = await this.intentions.resolve(wish, state, facts);
      if (resolved.kind === 'rejected') return resolved;
      const decider = escalateTo === undefined ? undefined : await this.directory.mandate(escalateTo);
      if (escalateTo !== undefined && !decider)
        return unknownReference('escalateTo', 'mandate of this ledger');
      const { intended, facts: all } = resolved.value;
      return recordDisclosure(state, { ...intended, ...(decider ? { decider } : {}) }, all);
    });
  }
}

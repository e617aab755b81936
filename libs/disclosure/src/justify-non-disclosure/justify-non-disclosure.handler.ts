import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { actingMandate, PersonDesk, type NonDisclosureJustified, type PersonId } from '#person';
import { justifyNonDisclosure } from './justify-non-disclosure.js';

export interface Withholding extends Omit<NonDisclosureJustified['data'], 'mandate'> {
  /** Left out: the caller's. */
  readonly mandate?: string;
  readonly effectiveAt?: Effective;
}

export class JustifyNonDisclosureCommand {
  constructor(
    readonly person: PersonId,
    readonly withholding: Withholding,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(JustifyNonDisclosureCommand)
export class JustifyNonDisclosureHandler implements ICommandHandler<JustifyNonDisclosureCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, withholding, request }: JustifyNonDisclosureCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const acting = await actingMandate(this.directory, facts.caller, 'mandate', withholding.mandate);
      if (acting.kind === 'rejected') return acting;
      const { mandate } = acting.value;
      const { effectiveAt, ...said } = withholding;
      const justification = { ...said, mandate: mandate.mandate };
      return justifyNonDisclosure(state, { justification, mandate, effectiveAt }, facts);
    });
  }
}

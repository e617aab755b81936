import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { actingMandate, notFound, PersonDesk, type PersonId } from '#person';
import { Intentions } from '../intention.query.js';
import { dischargeDuty, type DischargeDuty } from './discharge-duty.js';

export type DutyDone = DischargeDuty['discharge'] & {
  /** Left out: the caller's mandate. */
  readonly by?: string;
  readonly effectiveAt?: Effective;
};

export class DischargeDutyCommand {
  constructor(
    readonly person: PersonId,
    readonly done: DutyDone,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(DischargeDutyCommand)
export class DischargeDutyHandler implements ICommandHandler<DischargeDutyCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
    private readonly intentions: Intentions,
  ) {}

  execute({ person, done, request }: DischargeDutyCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const { by: named, effectiveAt, ...discharge } = done;
      const by = await actingMandate(this.directory, facts.caller, 'by', named);
      if (by.kind === 'rejected') return by;
      const act = state.acts.get(discharge.disclosure);
      if (!act) return notFound('disclosure');
      const past = await this.intentions.factsThen(act, state, facts);
      return dischargeDuty(state, { discharge, by: by.value, effectiveAt }, past);
    });
  }
}

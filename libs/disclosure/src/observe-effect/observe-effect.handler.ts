import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { actingMandate, PersonDesk, type EffectObserved, type PersonId } from '#person';
import { recordedAt } from '../recorded-at.js';
import { observeEffect } from './observe-effect.js';

export interface EffectSeen extends Omit<EffectObserved['data'], 'by'> {
  /** Left out: the caller's mandate. */
  readonly by?: string;
  readonly effectiveAt?: Effective;
}

export class ObserveEffectCommand {
  constructor(
    readonly person: PersonId,
    readonly seen: EffectSeen,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ObserveEffectCommand)
export class ObserveEffectHandler implements ICommandHandler<ObserveEffectCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, seen, request }: ObserveEffectCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const by = await actingMandate(this.directory, facts.caller, 'by', seen.by);
      if (by.kind === 'rejected') return by;
      const { mandate } = by.value;
      const { effectiveAt, ...said } = seen;
      const observation = { ...said, by: mandate.mandate };
      const recorded = await recordedAt(this.directory, state, seen.disclosure);
      return observeEffect(state, { observation, mandate, ...recorded, effectiveAt }, facts);
    });
  }
}

import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { resolveHolder } from '../acting.request.js';
import type { HoldingData } from '../item.events.js';
import { PersonDesk } from '../person-desk.js';
import type { PersonId } from '../person.ids.js';
import type { RecipientRequest } from '../recipient.request.js';
import { declareHolding } from './declare-holding.js';

export interface HoldingDeclaration extends Omit<HoldingData, 'holder'> {
  /** Left out: the caller's mandate. */
  readonly holder?: RecipientRequest;
  readonly effectiveAt?: Effective;
}

export class DeclareHoldingCommand {
  constructor(
    readonly person: PersonId,
    readonly declaration: HoldingDeclaration,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(DeclareHoldingCommand)
export class DeclareHoldingHandler implements ICommandHandler<DeclareHoldingCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, declaration, request }: DeclareHoldingCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const { holder: named, effectiveAt, ...data } = declaration;
      const holder = await resolveHolder(this.directory, facts.caller, 'holder', named);
      if (holder.kind === 'rejected') return holder;
      return declareHolding(state, { holding: { ...data, holder: holder.value }, effectiveAt }, facts);
    });
  }
}

import { randomUUID } from 'node:crypto';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { asId, type Effective } from '#decider';
import { Directory } from '#directory';
import type { CommandRequest } from '#http';
import { actingMandate, holderOf } from '../acting.request.js';
import type { ItemData, Source } from '../item.events.js';
import { PersonDesk } from '../person-desk.js';
import type { PersonId, PurposeCode } from '../person.ids.js';
import { describeInformation } from './describe-information.js';

export interface InformationWish {
  readonly item: Omit<ItemData, 'item'>;
  /** Mandate that learnt it; left out: the caller's. */
  readonly holder?: string;
  readonly purpose: PurposeCode;
  readonly source: Source;
  readonly effectiveAt?: Effective;
}

export class DescribeInformationCommand {
  constructor(
    readonly person: PersonId,
    readonly wish: InformationWish,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(DescribeInformationCommand)
export class DescribeInformationHandler implements ICommandHandler<DescribeInformationCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly directory: Directory,
  ) {}

  execute({ person, wish, request }: DescribeInformationCommand) {
    return this.desk.decide(person, request, async (state, facts) => {
      const learnt = await actingMandate(this.directory, facts.caller, 'holder', wish.holder);
      if (learnt.kind === 'rejected') return learnt;
      const { item, purpose, source, effectiveAt } = wish;
      const holding = { holder: holderOf(learnt.value), purpose, source };
      const information = { ...item, item: asId<'Item'>(randomUUID()), holding };
      const { mandate } = learnt.value;
      return describeInformation(state, { information, mandate, effectiveAt }, facts);
    });
  }
}

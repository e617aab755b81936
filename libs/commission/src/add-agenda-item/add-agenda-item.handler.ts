import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandRequest } from '#http';
import type { AgendaItemAdded } from '../commission.events.js';
import type { CommissionId } from '../commission.ids.js';
import { Commissions } from '../commissions.js';
import { Secretariat } from '../secretariat.query.js';
import { addAgendaItem } from './add-agenda-item.js';

export class AddAgendaItemCommand {
  constructor(
    readonly commission: CommissionId,
    readonly item: AgendaItemAdded['data'],
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(AddAgendaItemCommand)
export class AddAgendaItemHandler implements ICommandHandler<AddAgendaItemCommand> {
  constructor(
    private readonly secretariat: Secretariat,
    private readonly commissions: Commissions,
  ) {}

  execute({ commission, item, request }: AddAgendaItemCommand) {
    return this.secretariat.decide(commission, request, async (state) => {
      const person = await this.commissions.personOf(commission, item.case);
      return addAgendaItem(state, { item, referredHere: person !== undefined });
    });
  }
}

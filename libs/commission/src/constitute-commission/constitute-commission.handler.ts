import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Catalogues } from '#catalogue';
import { Directory } from '#directory';
import { Recorder, type CommandRequest } from '#http';
import type { CommissionData } from '../commission.events.js';
import { commissionStream } from '../commission.ids.js';
import { commissionFold } from '../commission.js';
import { constituteCommission } from './constitute-commission.js';

export class ConstituteCommissionCommand {
  constructor(
    readonly said: Omit<CommissionData, 'commission'>,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ConstituteCommissionCommand)
export class ConstituteCommissionHandler implements ICommandHandler<ConstituteCommissionCommand> {
  constructor(
    private readonly recorder: Recorder,
    private readonly directory: Directory,
    private readonly catalogues: Catalogues,
  ) {}

  async execute({ said, request }: ConstituteCommissionCommand) {
    const commission = await this.recorder.idFor<'Commission'>(request, 'commission');
    return this.recorder.decide(commissionStream(commission), commissionFold, request, async (state) => {
      const institutionKnown = (await this.directory.institution(said.institution)) !== undefined;
      const data = { ...said, commission };
      return constituteCommission(state, { data, institutionKnown }, await this.catalogues.current());
    });
  }
}

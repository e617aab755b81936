import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { openSession } from '#commission';
import { accept } from '#decider';
import { Directory, unknownReference } from '#directory';
import type { CommandRequest } from '#http';
import { PersonDesk, type ActivePerson, type Facts } from '#person';
import { Hearings, type Place } from '../hearing.query.js';
import { citing, toBeTold, wasTabled, type Saying } from '../tabling.js';
import { nobodyPresent, tableReport } from './table-report.js';

export interface Tabling extends Saying {
  readonly leaveOut: boolean;
  /** The mandate that decides where the assessment asks for a human decision. */
  readonly escalateTo?: string;
}

export class TableReportCommand {
  constructor(
    readonly place: Place,
    readonly tabling: Tabling,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(TableReportCommand)
export class TableReportHandler implements ICommandHandler<TableReportCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly hearings: Hearings,
    private readonly directory: Directory,
  ) {}

  async execute({ place, tabling, request }: TableReportCommand) {
    const person = await this.hearings.personOf(place);
    return this.desk.decide(person, request, (state, facts) => this.table(state, place, tabling, facts));
  }

  private async table(person: ActivePerson, place: Place, tabling: Tabling, facts: Facts) {
    const found = await this.hearings.find(person, place, facts.caller);
    if (found.kind === 'rejected') return found;
    const { known, hearing } = found.value;
    const open = openSession(hearing.commission, place.session);
    if (open.kind === 'rejected') return open;
    const recipients = toBeTold(person, hearing);
    if (recipients.length === 0) return wasTabled(person, hearing) ? accept<never>() : nobodyPresent();
    const { leaveOut, escalateTo } = tabling;
    const decider = escalateTo === undefined ? undefined : await this.directory.mandate(escalateTo);
    if (escalateTo !== undefined && !decider) return unknownReference('escalateTo', 'mandate of this ledger');
    const intention = await this.hearings.intention(hearing, recipients, tabling, person, facts);
    if (intention.kind === 'rejected') return intention;
    const { intended, facts: gathered } = intention.value;
    const command = { intended, cites: citing(known), leaveOut, ...(decider ? { decider } : {}) };
    return tableReport(person, command, gathered);
  }
}

import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Commissions, type CommissionId } from '#commission';
import { asId, type Effective } from '#decider';
import { Directory, unknownReference } from '#directory';
import { Recorder, type CommandRequest } from '#http';
import { actingMandate, notFound, PersonDesk, type CaseReferred, type PersonId } from '#person';
import { referCase } from './refer-case.js';

type Report = NonNullable<CaseReferred['data']['report']>;

export interface Referral extends Omit<CaseReferred['data'], 'case' | 'reporter' | 'report'> {
  /** One that was referred before; left out: a new one. */
  readonly case?: string;
  /** Left out: the caller's mandate. */
  readonly reporter?: string;
  /** Its author left out: the reporter. */
  readonly report?: Omit<Report, 'author'> & { readonly author?: string };
  readonly effectiveAt?: Effective;
}

export class ReferCaseCommand {
  constructor(
    readonly person: PersonId,
    readonly referral: Referral,
    readonly request: CommandRequest,
  ) {}
}

@CommandHandler(ReferCaseCommand)
export class ReferCaseHandler implements ICommandHandler<ReferCaseCommand> {
  constructor(
    private readonly desk: PersonDesk,
    private readonly recorder: Recorder,
    private readonly directory: Directory,
    private readonly commissions: Commissions,
  ) {}

  async execute({ person, referral, request }: ReferCaseCommand) {
    const { case: again, reporter: named, report, effectiveAt, ...said } = referral;
    const id = again ?? (await this.recorder.idFor<'Case'>(request, `case of ${person}`));
    return this.desk.decide(person, request, async (state, facts) => {
      if (again !== undefined && !state.cases.has(again)) return notFound('case');
      const acting = await actingMandate(this.directory, facts.caller, 'reporter', named);
      if (acting.kind === 'rejected') return acting;
      const reporter = acting.value;
      const author = report?.author === undefined ? reporter : await this.directory.mandate(report.author);
      if (!author) return unknownReference('report.author', 'mandate of this ledger');
      const written = report && { ...report, author: author.mandate.mandate };
      const commission = asId<'Commission'>(said.commission) as CommissionId;
      const command = {
        referral: {
          ...said,
          case: id,
          reporter: reporter.mandate.mandate,
          ...(written ? { report: written } : {}),
        },
        commissionKnown: (await this.commissions.commission(commission)) !== undefined,
        reporter,
        ...(effectiveAt ? { effectiveAt } : {}),
      };
      return referCase(state, command, facts);
    });
  }
}

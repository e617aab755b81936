import { Module } from '@nestjs/common';
import { AssessCapacityController } from './assess-capacity/assess-capacity.controller.js';
import { AssessCapacityHandler } from './assess-capacity/assess-capacity.handler.js';
import { DeclareHoldingController } from './declare-holding/declare-holding.controller.js';
import { DeclareHoldingHandler } from './declare-holding/declare-holding.handler.js';
import { DescribeInformationController } from './describe-information/describe-information.controller.js';
import { DescribeInformationHandler } from './describe-information/describe-information.handler.js';
import { EndCareRelationController } from './end-care-relation/end-care-relation.controller.js';
import { EndCareRelationHandler } from './end-care-relation/end-care-relation.handler.js';
import { EndRepresentationController } from './end-representation/end-representation.controller.js';
import { EndRepresentationHandler } from './end-representation/end-representation.handler.js';
import { EstablishRepresentationController } from './establish-representation/establish-representation.controller.js';
import { EstablishRepresentationHandler } from './establish-representation/establish-representation.handler.js';
import { InformPersonController } from './inform-person/inform-person.controller.js';
import { InformPersonHandler } from './inform-person/inform-person.handler.js';
import { RegisterOutsiderController } from './register-outsider/register-outsider.controller.js';
import { RegisterOutsiderHandler } from './register-outsider/register-outsider.handler.js';
import { RegisterPersonController } from './register-person/register-person.controller.js';
import { RegisterPersonHandler } from './register-person/register-person.handler.js';
import { RequalifyInformationController } from './requalify-information/requalify-information.controller.js';
import { RequalifyInformationHandler } from './requalify-information/requalify-information.handler.js';
import { StartCareRelationController } from './start-care-relation/start-care-relation.controller.js';
import { StartCareRelationHandler } from './start-care-relation/start-care-relation.handler.js';

@Module({
  controllers: [
    RegisterPersonController,
    StartCareRelationController,
    EndCareRelationController,
    AssessCapacityController,
    EstablishRepresentationController,
    EndRepresentationController,
    RegisterOutsiderController,
    DescribeInformationController,
    RequalifyInformationController,
    DeclareHoldingController,
    InformPersonController,
  ],
  providers: [
    RegisterPersonHandler,
    StartCareRelationHandler,
    EndCareRelationHandler,
    AssessCapacityHandler,
    EstablishRepresentationHandler,
    EndRepresentationHandler,
    RegisterOutsiderHandler,
    DescribeInformationHandler,
    RequalifyInformationHandler,
    DeclareHoldingHandler,
    InformPersonHandler,
  ],
})
export class PersonModule {}

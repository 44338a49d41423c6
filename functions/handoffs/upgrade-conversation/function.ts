import { customerAskedAboutCar } from '../../contracts/customer-asked-about-car.ts';
import { customerBought } from '../../contracts/customer-bought.ts';
import { upgradeConversationDue } from '../../contracts/upgrade-conversation-due.ts';
import { decidesOnEvents, type Lambda } from '../../lambda.ts';

export const upgradeConversationFunction = {
  entry: 'handoffs/upgrade-conversation/handler.ts',
  description: 'A service customer looks ready to upgrade: nudges the salesperson, with the reasons',
  handles: {
    'upgrade-conversation-due': upgradeConversationDue,
    'customer-asked-about-car': customerAskedAboutCar,
    'customer-bought': customerBought,
  },
  ...decidesOnEvents,
} as const satisfies Lambda;

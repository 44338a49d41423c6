/** The checks of a preflight, pure: answers in, findings out. */
import { localDate } from '../../functions/group/business-time.ts';
import { silentAfterHoursOf, silentFeeds } from '../../functions/group/feeds.ts';
import {
  type Department,
  departmentsOf,
  type Group,
  hasService,
  type Store,
} from '../../functions/group/group.ts';
import {
  canBeNotified,
  isActive,
  managersOf,
  type Role,
  type StaffMember,
} from '../../functions/people/staff.ts';
import type { Answers } from './answers.ts';
import { type Finding, fine, judged, warning, wrong } from './finding.ts';

export function runChecks(answers: Answers, group: Group): Finding[] {
  return [
    checkStack(answers),
    ...checkSesAccount(answers, group),
    ...checkIdentity(answers, group),
    checkDmarc(answers, group),
    checkAlarms(answers, group),
    checkOrigin(answers),
    ...checkSenders(answers, group),
    checkConcurrency(answers),
    ...openStores(group).map((store) => checkPeople(answers, store)),
    checkSuppressedStaff(answers, group),
    ...checkLastEvents(answers, group),
  ];
}

const openStores = ({ stores }: Group) => stores.filter(({ mode }) => mode !== 'off');

function checkStack({ stack }: Answers): Finding {
  const subject = {
    what: 'The stack',
    why: 'A stack that was left halfway runs some functions of the old release and some of the new one.',
    fix: 'Look at its events in the CloudFormation console, then deploy again: npm run deploy -- --group FILE',
  };
  return judged(subject, stack, (found) => {
    if (!found) return warning(subject, 'is not deployed yet');
    const status = found.StackStatus ?? 'without a status';
    const said = `${found.StackName} is ${status}`;
    if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return fine(subject, said);
    return status.endsWith('_IN_PROGRESS') ? warning(subject, said) : wrong(subject, said);
  });
}

function checkSesAccount({ sesAccount }: Answers, group: Group): Finding[] {
  const sandbox = {
    what: 'SES is out of its sandbox',
    why: 'In the sandbox SES refuses every address that is not verified: customers and staff get nothing.',
    fix: 'SES console, Account dashboard, Request production access; AWS answers within a day or two.',
  };
  const sending = {
    what: 'SES sends for this account',
    why: 'A paused account, or one on probation, sends nothing, or is about to.',
    fix: 'SES console, Reputation metrics: AWS says there what has to change.',
  };
  const rate = {
    what: 'The sending rate of SES',
    why: 'A sweep that sends faster than SES allows is throttled, and every email of it waits longer.',
    fix: `Ask AWS for a higher rate (Service Quotas, SES), or lower sender.emailsPerSecond in the group's file.`,
  };
  const asked = group.sender.emailsPerSecond;
  return [
    judged(sandbox, sesAccount, ({ ProductionAccessEnabled }) =>
      ProductionAccessEnabled ? fine(sandbox, 'production access') : wrong(sandbox, 'still in the sandbox'),
    ),
    judged(sending, sesAccount, ({ SendingEnabled, EnforcementStatus = 'HEALTHY' }) => {
      const found = `${SendingEnabled ? 'enabled' : 'paused'}, ${EnforcementStatus}`;
      return SendingEnabled && EnforcementStatus === 'HEALTHY' ? fine(sending, found) : wrong(sending, found);
    }),
    judged(rate, sesAccount, ({ SendQuota }) => {
      const allowed = SendQuota?.MaxSendRate ?? 0;
      const found = `${allowed} emails a second allowed, sender.emailsPerSecond is ${asked}`;
      return asked <= allowed ? fine(rate, found) : wrong(rate, found);
    }),
  ];
}

function checkIdentity({ identity }: Answers, { sender: { domain } }: Group): Finding[] {
  const dkim = {
    what: `DKIM of ${domain}`,
    why: 'Without it SES sends nothing for the domain, and mailbox providers would not trust what it sent.',
    fix: 'Set the three CNAME records that the stack puts out, and wait until SES has seen them (up to 72 hours).',
  };
  const mailFrom = {
    what: `MAIL FROM of ${domain}`,
    why: "With a MAIL FROM domain of one's own SPF speaks for the domain, too: DMARC holds even where DKIM breaks.",
    fix: 'SES console, the identity, Custom MAIL FROM domain; then set the MX and TXT records that it shows.',
  };
  return [
    judged(dkim, identity, (found) => {
      if (!found) return wrong(dkim, 'SES does not know the domain in this account and region');
      const { DkimAttributes, VerifiedForSendingStatus } = found;
      const said = `${DkimAttributes?.Status ?? 'not set up'}, ${VerifiedForSendingStatus ? '' : 'not '}verified for sending`;
      return DkimAttributes?.Status === 'SUCCESS' && VerifiedForSendingStatus
        ? fine(dkim, said)
        : wrong(dkim, said);
    }),
    judged(mailFrom, identity, (found) => {
      const { MailFromDomain: named, MailFromDomainStatus: status } = found?.MailFromAttributes ?? {};
      if (!named) return warning(mailFrom, "SES's own, amazonses.com");
      return status === 'SUCCESS' ? fine(mailFrom, named) : wrong(mailFrom, `${named} is ${status}`);
    }),
  ];
}

function checkDmarc({ dmarc }: Answers, { sender: { domain } }: Group): Finding {
  const subject = {
    what: `DMARC of ${domain}`,
    why: 'Gmail and Yahoo refuse bulk mail of a domain without a DMARC record, and forgers are not refused.',
    fix: `Set a TXT record _dmarc.${domain}, to begin with: "v=DMARC1; p=none; rua=mailto:<an address of yours>".`,
  };
  return judged(subject, dmarc, (records) => {
    const policies = records.filter((record) => /^v=DMARC1\s*(;|$)/.test(record));
    const [policy] = policies;
    if (policy === undefined) return wrong(subject, 'no record');
    if (policies.length > 1)
      return wrong(subject, `${policies.length} records, so receivers read none of them`);
    return /;\s*p\s*=\s*(none|quarantine|reject)\s*(;|$)/i.test(policy)
      ? fine(subject, policy)
      : wrong(subject, `a record without a policy (p=): ${policy}`);
  });
}

function checkAlarms({ subscriptions }: Answers, { alarmEmail }: Group): Finding {
  const subject = {
    what: 'Somebody gets the alarms',
    why: 'An alarm that nobody hears is found out by a customer.',
    fix:
      alarmEmail === undefined
        ? "Set alarmEmail in the group's file and deploy, or subscribe to the topic of the output AlarmTopicArn."
        : `Open the email "AWS Notification - Subscription Confirmation" at ${alarmEmail} and confirm it.`,
  };
  return judged(subject, subscriptions, (all) => {
    const isConfirmed = ({ SubscriptionArn = '' }) => SubscriptionArn.startsWith('arn:');
    const confirmed = all.filter(isConfirmed).map(({ Endpoint = '?' }) => Endpoint);
    const own = all.find(({ Endpoint }) => Endpoint === alarmEmail);
    if (alarmEmail === undefined)
      return confirmed.length > 0
        ? fine(subject, confirmed.join(', '))
        : wrong(subject, 'nobody is subscribed');
    if (!own) return wrong(subject, `${alarmEmail} is not subscribed`);
    return isConfirmed(own)
      ? fine(subject, confirmed.join(', '))
      : wrong(subject, `${alarmEmail} has not confirmed`);
  });
}

function checkOrigin({ origin }: Answers): Finding {
  const subject = {
    what: "The links' origin answers",
    why: 'The links in emails lead there: without it nobody accepts a handoff, and no customer can say no.',
    fix: "Point DNS of links.origin at the output LinkDomainTarget, and look at the certificate's state.",
  };
  return judged(subject, origin, (answer) => {
    if ('failure' in answer) return wrong(subject, answer.failure);
    // The requested page does not exist, so an answer that says so shows that the origin works.
    const found = `answers with ${answer.status}`;
    return answer.status < 500 ? fine(subject, found) : wrong(subject, found);
  });
}

function checkSenders({ senders }: Answers, { eventSenders }: Group): Finding[] {
  return eventSenders.map(({ arn }) => {
    const subject = {
      what: `Event sender ${arn}`,
      why: 'The bus policy names it: a principal that does not exist fails the deploy, or leaves the DMS denied.',
      fix: "Make the role, or correct eventSenders in the group's file.",
    };
    return judged(subject, senders.get(arn) ?? { unanswered: 'it was not asked for' }, (found) =>
      found === 'there' ? fine(subject, 'exists') : wrong(subject, 'does not exist'),
    );
  });
}

/** New accounts start with 10, which one nightly file uses up. */
const LEAST_CONCURRENCY = 100;

function checkConcurrency({ lambda }: Answers): Finding {
  const subject = {
    what: 'Lambda concurrency of the account',
    why: 'When it is used up, events wait and pages answer with an error.',
    fix: 'Service Quotas, AWS Lambda, Concurrent executions: ask for 1,000.',
  };
  return judged(subject, lambda, ({ AccountLimit }) => {
    const free = AccountLimit?.UnreservedConcurrentExecutions ?? AccountLimit?.ConcurrentExecutions ?? 0;
    const found = `${free} at the same time`;
    return free >= LEAST_CONCURRENCY
      ? fine(subject, found)
      : wrong(subject, `${found}, expected ${LEAST_CONCURRENCY} or more`);
  });
}

const neededRoles = {
  sales: [managersOf.sales],
  service: [managersOf.service, ['service advisor']],
} as const satisfies Record<Department, readonly (readonly Role[])[]>;

function checkPeople({ roster, now }: Answers, store: Store): Finding {
  const subject = {
    what: `People of ${store.name} (${store.id})`,
    why: 'Without an advisor nobody takes a handoff, and without both managers nobody hears of an overdue one.',
    fix: 'npm run roster -- import roster.csv, with these roles; a new address where mail bounces.',
  };
  return judged(subject, roster, (stores) => {
    const today = localDate(store.timeZone, now);
    const people = (stores.get(store.id) ?? []).filter((person) => canBeNotified(person, today));
    const missing = departmentsOf(store)
      .flatMap((department): readonly (readonly Role[])[] => neededRoles[department])
      .filter((roles) => !people.some(({ role }) => roles.includes(role)))
      .map(([role]) => role);
    return missing.length === 0
      ? fine(
          subject,
          `${people.length} people, ${hasService(store) ? 'both managers and an advisor' : 'a sales manager'} among them`,
        )
      : wrong(subject, `no active ${missing.join(', no active ')} with a working address`);
  });
}

function checkSuppressedStaff({ suppressed, roster, now }: Answers, group: Group): Finding {
  const subject = {
    what: "Staff on SES's suppression list",
    why: 'SES drops every email to them without a bounce: their handoffs go overdue.',
    fix: 'Have the mailbox repaired, then: npm run opt-outs -- clear-bounce --email ADDRESS',
  };
  return judged(subject, suppressed, (destinations) =>
    judged(subject, roster, (stores) => {
      const addresses = new Set(destinations.map(({ EmailAddress = '' }) => EmailAddress.toLowerCase()));
      const found = group.stores.flatMap((store) =>
        activeStaff(stores.get(store.id) ?? [], localDate(store.timeZone, now))
          .filter(({ email }) => addresses.has(email.toLowerCase()))
          .map(({ employeeNumber, email }) => `${store.id} ${employeeNumber} ${email}`),
      );
      return found.length === 0 ? fine(subject, 'none') : wrong(subject, found.join(', '));
    }),
  );
}

const activeStaff = (people: readonly StaffMember[], today: string) =>
  people.filter((person) => isActive(person, today));

function checkLastEvents({ lastEvents, now }: Answers, group: Group): Finding[] {
  const subject = {
    what: 'The last event of each source and store',
    why: 'A feed that stopped looks like a quiet day: nobody is handed over, and nothing is refused.',
    fix: 'Ask the person who runs the adapter; npm run dead-letters lists refused events.',
  };
  if ('unanswered' in lastEvents) return [judged(subject, lastEvents, () => fine(subject, ''))];
  const heard = lastEvents.value;
  const silent = new Set(silentFeeds(group, heard, now));
  return openStores(group).flatMap((store) => {
    const what = `Events of ${store.name} (${store.id})`;
    const ofStore = heard.filter(({ storeId }) => storeId === store.id);
    if (ofStore.length === 0) return [warning({ ...subject, what }, 'none so far')];
    const hours = silentAfterHoursOf(group, store);
    return ofStore.map((feed) => {
      const from = { ...subject, what: `${what} from ${feed.source}` };
      const found = `last at ${feed.heardAt}`;
      return silent.has(feed)
        ? warning(from, `${found}, more than ${hours} opening hours ago`)
        : fine(from, found);
    });
  });
}

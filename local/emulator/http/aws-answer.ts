/** What an AWS endpoint answers, before it is bytes. */
export interface AwsAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** An error that every SDK recognises, by header and by body. */
export function awsError(status: number, type: string, message: string): AwsAnswer {
  return { status, headers: { 'x-amzn-errortype': type }, body: { __type: type, message, Message: message } };
}

/** The messages between the main thread and a function's thread. */
export interface ThreadSettings {
  codeDirectory: string;
  handler: string;
  offsetMs: BigInt64Array<SharedArrayBuffer>;
  functionName: string;
  functionArn: string;
  memoryMb: number;
  /** Local addresses that stand in for external APIs, by host name. */
  apisAt: Readonly<Record<string, string>>;
}

export interface Call {
  requestId: string;
  payload: string;
  timeoutMs: number;
}

export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace: string[];
}

export type Answer =
  | { type: 'loaded' }
  | { type: 'returned'; payload: string }
  | { type: 'failed'; error: FunctionError };

import type { Server } from 'node:http';
import { Problem } from '../problem.ts';

/** Listens on this machine only; 0 picks a free port. Returns the port. */
export function listen(server: Server, port: number, option = ''): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(new Problem(`port ${port} is taken: stop what uses it, or choose another with ${option}`));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

export function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

import type { TaskStore } from '../../functions/ports.ts';

/** The store as it is, but for what is changed about it. */
export function around(tasks: TaskStore, changed: Partial<TaskStore>): TaskStore {
  return {
    read: (id) => tasks.read(id),
    readDay: (id) => tasks.readDay(id),
    readReport: (id) => tasks.readReport(id),
    readLetter: (id) => tasks.readLetter(id),
    readSchedule: (id) => tasks.readSchedule(id),
    write: (item) => tasks.write(item),
    writeSchedule: (schedule) => tasks.writeSchedule(schedule),
    findDue: (now, page) => tasks.findDue(now, page),
    findOfPerson: (storeId, number) => tasks.findOfPerson(storeId, number),
    findOfStore: (storeId) => tasks.findOfStore(storeId),
    findLost: (storeId, number, since) => tasks.findLost(storeId, number, since),
    findDone: (storeId, since) => tasks.findDone(storeId, since),
    ...changed,
  };
}

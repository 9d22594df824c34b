// Which hours count where rules give somebody hours to do something.
import { addWorkingTime, EVERY_HOUR, type WorkingCalendar } from "@gendan/eventing";
import type { Ruled } from "./rule-kinds.js";

export type CalendarRules = WorkingCalendar;

/** Day and night. */
export const calendarDefaults: CalendarRules = EVERY_HOUR;

/** When so many hours of the calendar have passed; every hour counts where none comes with the command. */
export const dueAfter = (hours: number, from: string, calendar: Ruled<"calendar"> | undefined): string =>
  addWorkingTime(calendar?.rules ?? calendarDefaults, from, hours);

/** As an event says under which calendar its hours were reckoned; the program's own is not named. */
export const reckonedBy = (
  calendar: Ruled<"calendar"> | undefined,
  isReckoned: boolean,
): { readonly calendarVersion?: number } =>
  isReckoned && calendar && calendar.version > 0 ? { calendarVersion: calendar.version } : {};

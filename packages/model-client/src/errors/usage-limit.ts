/** The sentence for a reached plan limit: what to do about it depends on the plan, and when it ends on the clock. Pure. */

/** Plans with an advice of their own. */
const ADVICE: Readonly<Record<string, string>> = {
  plus: " Upgrade to Pro (https://openai.com/chatgpt/pricing), visit https://chatgpt.com/codex/settings/usage to purchase more credits",
  team: " To get more access now, send a request to your admin",
  business: " To get more access now, send a request to your admin",
  pro: " Visit https://chatgpt.com/codex/settings/usage to purchase more credits",
};

/**
 * @param planType as the server names it; null when it does not
 * @param resetsAt unix seconds; null when unknown
 * @param now milliseconds since 1970, to tell "today" from another day
 */
export function usageLimitMessage(planType: string | null, resetsAt: number | null, now: number): string {
  const start = "You've hit your usage limit.";
  if (planType === "free") {
    return `${start} Upgrade to Plus to continue using Codex (https://openai.com/chatgpt/pricing).`;
  }
  const when = resetsAt === null ? "later" : `at ${localTime(new Date(resetsAt * 1000), new Date(now))}`;
  const advice = planType === null || !Object.hasOwn(ADVICE, planType) ? undefined : ADVICE[planType];
  return advice === undefined ? `${start} Try again ${when}.` : `${start}${advice} or try again ${when}.`;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `4:43 PM` on the same day, else `Dec 3rd, 2026 4:43 PM`; local time. */
function localTime(at: Date, now: Date): string {
  const hour = at.getHours();
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${String(at.getMinutes()).padStart(2, "0")} ${hour < 12 ? "AM" : "PM"}`;
  if (at.toDateString() === now.toDateString()) return clock;
  return `${MONTHS[at.getMonth()]} ${at.getDate()}${ordinalSuffix(at.getDate())}, ${at.getFullYear()} ${clock}`;
}

function ordinalSuffix(day: number): string {
  if (day >= 11 && day <= 13) return "th";
  return ["th", "st", "nd", "rd"][day % 10] ?? "th";
}

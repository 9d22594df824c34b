// Which orders the sample company has: how many of each kind, how old they are, and how far they have come.

export type Hold = "CREDIT" | "QUALITY" | "STOCK" | "CUSTOMER" | "COMPLIANCE";

/** What an order has behind it; each includes those before it. */
export const STAGES = [
  "received",
  "verified",
  "confirmed",
  "planned",
  "booked",
  "onTheWay",
  "delivered",
  "accepted",
  "closed",
] as const;
export type Stage = (typeof STAGES)[number];

export interface Shape {
  readonly count: number;
  /** Days since it was received, from and to. */
  readonly age: readonly [number, number];
  readonly until: Stage;
  /** Delivered, or still open, after the day promised last. */
  readonly late?: true;
  readonly discrepancy?: "open" | "resolved";
  readonly holds?: readonly Hold[];
  /** The hold comes before the planning (which the order then declines), or between the planning and a dispatch that is reported. */
  readonly holdWhen?: "beforePlan" | "beforeDispatch";
  readonly cancelledBy?: "CUSTOMER" | "US";
  /** Its first schedule goes alone; the rest stays, or follows in a second shipment that is still under way, or arrives too. */
  readonly split?: "restOpen" | "restOnTheWay" | "restDelivered";
  /** The first shipment is lost; the goods are sent again, or not yet. */
  readonly lost?: "open" | "sentAgain";
  readonly exception?: "open" | "resolved";
  /** Two orders of one customer in one shipment. */
  readonly joint?: true;
  readonly servicesOnly?: true;
  readonly acceptedBy?: "clock";
  readonly money?: "part" | "full" | "over" | "prepaid";
}

/** 300 orders, in every state that there is. */
export const shapes: readonly Shape[] = [
  { count: 14, age: [0, 3], until: "received" },
  { count: 8, age: [1, 6], until: "received", discrepancy: "open" },
  { count: 4, age: [1, 6], until: "received", discrepancy: "resolved" },
  { count: 10, age: [1, 5], until: "verified" },
  { count: 12, age: [2, 12], until: "confirmed" },
  { count: 4, age: [4, 14], until: "confirmed", money: "prepaid" },
  { count: 4, age: [20, 40], until: "confirmed", late: true },
  { count: 3, age: [3, 15], until: "confirmed", holds: ["CREDIT"] },
  { count: 3, age: [3, 15], until: "confirmed", holds: ["STOCK"] },
  { count: 3, age: [3, 15], until: "confirmed", holds: ["QUALITY"] },
  { count: 2, age: [3, 15], until: "verified", holds: ["COMPLIANCE"] },
  { count: 2, age: [3, 15], until: "confirmed", holds: ["CUSTOMER"] },
  { count: 2, age: [3, 15], until: "confirmed", holds: ["CREDIT", "STOCK"] },
  { count: 3, age: [5, 15], until: "planned", holds: ["STOCK"], holdWhen: "beforePlan" },
  { count: 8, age: [5, 14], until: "planned" },
  { count: 6, age: [6, 16], until: "booked" },
  { count: 20, age: [9, 20], until: "onTheWay" },
  { count: 4, age: [9, 20], until: "onTheWay", exception: "open" },
  { count: 10, age: [16, 30], until: "onTheWay", late: true },
  { count: 3, age: [9, 20], until: "onTheWay", holds: ["CREDIT"], holdWhen: "beforeDispatch" },
  { count: 10, age: [10, 22], until: "onTheWay", split: "restOpen" },
  { count: 10, age: [14, 26], until: "onTheWay", split: "restOnTheWay" },
  { count: 12, age: [13, 17], until: "delivered" },
  { count: 6, age: [14, 18], until: "delivered", late: true },
  { count: 6, age: [30, 45], until: "delivered", acceptedBy: "clock" },
  { count: 12, age: [18, 50], until: "accepted" },
  { count: 4, age: [50, 90], until: "accepted", late: true },
  { count: 8, age: [20, 60], until: "accepted", money: "part" },
  { count: 14, age: [20, 60], until: "accepted", money: "full" },
  { count: 4, age: [20, 60], until: "accepted", money: "over" },
  { count: 4, age: [18, 70], until: "accepted", split: "restDelivered", money: "full" },
  { count: 3, age: [10, 40], until: "accepted", servicesOnly: true },
  { count: 27, age: [40, 330], until: "closed", money: "full" },
  { count: 10, age: [40, 330], until: "closed", money: "full", late: true },
  { count: 4, age: [40, 200], until: "closed", money: "full", discrepancy: "resolved" },
  { count: 4, age: [40, 200], until: "closed", money: "over", exception: "resolved" },
  { count: 7, age: [20, 200], until: "accepted", joint: true, money: "full" },
  { count: 4, age: [14, 60], until: "onTheWay", lost: "open" },
  { count: 2, age: [30, 90], until: "delivered", lost: "sentAgain" },
  { count: 8, age: [5, 120], until: "confirmed", cancelledBy: "CUSTOMER" },
  { count: 3, age: [5, 90], until: "planned", cancelledBy: "CUSTOMER" },
  { count: 4, age: [5, 120], until: "received", cancelledBy: "US" },
  { count: 2, age: [10, 60], until: "confirmed", cancelledBy: "CUSTOMER", money: "prepaid" },
];

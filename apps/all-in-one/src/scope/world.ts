// The plain picture of a generated company: what there is, and who sees it, said without tokens, documents or services.

export type Kind =
  | "Quotation"
  | "Order"
  | "Shipment"
  | "Case"
  | "Issue"
  | "Interaction"
  | "Satisfaction"
  | "Invoice"
  | "Receipt"
  | "Attachment"
  | "Customer"
  | "Contact";

export interface Row {
  readonly kind: Kind;
  readonly id: string;
  readonly number?: string;
  /** What lists sort by. */
  readonly at: string;
  /** What it is about; of a receipt, what it pays for. */
  readonly orderIds: readonly string[];
  readonly orderId?: string | undefined;
  readonly customerId?: string | undefined;
  readonly caseId?: string | undefined;
  readonly shipmentId?: string | undefined;
  /** Whatever else it is found, counted and shown by. */
  readonly more: Readonly<Record<string, unknown>>;
}

/** Whose something is by itself, and whom it was given to. */
export interface Own {
  readonly department: string;
  readonly persons: readonly string[];
  readonly shares: readonly { readonly person?: string; readonly department?: string }[];
}

export interface Viewer {
  readonly user: string;
  readonly departments: readonly string[];
}

export const isWithin = (department: string, other: string): boolean =>
  other === "" || department === other || department.startsWith(`${other}/`);

/** Whether an event of the log of a company concerns this row's timeline, and which rows it names. */
export interface Told {
  readonly id: string;
  readonly at: string;
  readonly of: string;
  readonly about: readonly string[];
}

export class World {
  readonly rows = new Map<string, Row>();
  /** By id: of quotations, orders, customers, receipts, and of issues that are about nothing else. */
  readonly own = new Map<string, Own>();
  told: readonly Told[] = [];

  of(kind: Kind): readonly Row[] {
    return [...this.rows.values()].filter((row) => row.kind === kind);
  }

  find(id: string | undefined): Row | undefined {
    return id === undefined ? undefined : this.rows.get(id);
  }

  sees(who: Viewer, row: Row | undefined): boolean {
    if (!row) return false;
    if (this.isOwn(who, row.id)) return true;
    switch (row.kind) {
      case "Quotation":
      case "Order":
      case "Customer":
        return false;
      case "Contact":
        return this.sees(who, this.find(row.customerId));
      case "Shipment":
      case "Attachment":
      case "Invoice":
      case "Receipt":
        return this.seesAnOrder(who, row);
      case "Issue":
        return this.seesAnOrder(who, row) || (row.more["workers"] as string[]).includes(who.user);
      case "Case":
      case "Interaction":
      case "Satisfaction":
        return row.orderId === undefined ? this.sees(who, this.find(row.customerId)) : this.seesAnOrder(who, row);
    }
  }

  /** Its department, as everybody who sees it is told. */
  departmentOf(row: Row): string {
    const own = this.own.get(row.id);
    const [orderId] = row.orderIds;
    return own ? own.department : this.departmentOf(this.find(orderId ?? row.customerId)!);
  }

  isOwn({ user, departments }: Viewer, id: string): boolean {
    const own = this.own.get(id);
    if (!own) return false;
    const within = (department: string) => departments.some((held) => isWithin(department, held));
    return (
      within(own.department) ||
      own.persons.includes(user) ||
      own.shares.some((share) => (share.department === undefined ? share.person === user : within(share.department)))
    );
  }

  private seesAnOrder(who: Viewer, { orderIds }: Row): boolean {
    return orderIds.some((orderId) => this.sees(who, this.find(orderId)));
  }
}

// The customer's decider: one line per command.
import type { Decider } from "@gendan/eventing";
import { decideErasure, type ErasureCommand } from "../erasure/erasure.js";
import { changeCustomerFields, type ChangeCustomerFields } from "./change-customer-fields.js";
import type { CustomerEvent } from "./customer.events.js";
import type { CustomerRefusal } from "./customer.refusals.js";
import { evolve, noCustomer, type CustomerState } from "./customer.state.js";
import { registerCustomer, type RegisterCustomer } from "./register-customer.js";

export type CustomerCommand = RegisterCustomer | ChangeCustomerFields | ErasureCommand;

export const customerDecider: Decider<CustomerState, CustomerCommand, CustomerEvent, CustomerRefusal> = {
  initial: noCustomer,
  evolve,
  decide(customer, command, by) {
    switch (command.type) {
      case "RegisterCustomer":
        return registerCustomer(customer, command);
      case "ChangeCustomerFields":
        return changeCustomerFields(customer, command);
      case "RequestErasure":
      case "WithdrawErasure":
      case "Erase":
        return decideErasure("customer", customer, command, by);
    }
  },
};

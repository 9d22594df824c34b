// The account of a customer and a currency, for who asks for it.
export { accountIdOf } from "../domain/account/account.decider.js";

// The sample company's customers: organisations and persons with Chinese and English names, all invented.
import { uuidFrom } from "@gendan/eventing";
import type { Random } from "../chaos/random.js";
import { DAY, HOUR, type Command, type Story } from "./command.js";
import { DEPARTMENTS, desks, type Department } from "./people.js";

export interface Customer {
  readonly id: string;
  readonly department: Department;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  readonly contact: string;
}

/** Its stream begins where the sample begins. */
export const FIRST_CUSTOMER = uuidFrom("sample", "customer", "0");

const CUSTOMERS = 40;
/** They were customers before the oldest order. */
const REGISTERED_DAYS_AGO = 420;

const chinese = {
  country: "CN",
  language: "zh",
  words: ["榆川", "砚北", "鹭屿", "槐序", "沐岚", "竹隐", "溪午", "雁回", "荻浦", "澜汀", "岫云", "棠梨"],
  kinds: ["家居有限公司", "电器商行", "文具有限公司", "户外用品有限公司"],
  persons: ["许晓芸", "顾明远", "陆思齐", "沈一诺", "韩青禾", "唐子墨"],
};
const places = {
  "cn/east/sales": { ...chinese, cities: ["上海", "宁波", "苏州"] },
  "cn/south/sales": { ...chinese, cities: ["佛山", "东莞", "厦门"] },
  "cn/east/export": {
    country: "US",
    language: "en",
    cities: ["Portland", "Halifax", "Osaka"],
    words: ["Brackwell", "Tillmere", "Quorndale", "Pennhollow", "Marlowick", "Osterwyn"],
    kinds: ["Outfitters Inc.", "Home Trading Co.", "Supply LLC"],
    persons: ["Clara Winfield", "Theo Ashgrove", "Noriko Hanabe"],
  },
  "eu/north/sales": {
    country: "DE",
    language: "de",
    cities: ["Bremen", "Aarhus", "Lübeck"],
    words: ["Ebbersfeld", "Larkenhaus", "Norrgate", "Vestrup", "Sandvarn", "Halvenor"],
    kinds: ["Handels GmbH", "Haushaltswaren KG", "Import ApS"],
    persons: ["Wiebke Harmsdorf", "Jonas Lindqvist", "Maren Oldekop"],
  },
} satisfies Readonly<Record<Department, object>>;

export function sampleCustomers(random: Random): Customer[] {
  return Array.from({ length: CUSTOMERS }, (_, n) => {
    const department = DEPARTMENTS[n % DEPARTMENTS.length]!;
    const { words, kinds, cities, persons, country } = places[department];
    const turn = Math.floor(n / DEPARTMENTS.length);
    const name = [words[turn % words.length], kinds[turn % kinds.length]].join(
      department === "cn/east/sales" || department === "cn/south/sales" ? "" : " ",
    );
    const city = random.pick<string>(cities);
    const contact = random.pick<string>(persons);
    return { id: uuidFrom("sample", "customer", String(n)), department, name, country, city, contact };
  });
}

/** Every fifth customer is a person; the others are organisations with a contact. */
export const isPerson = (n: number): boolean => n % 5 === 4;

export function customerStory(customer: Customer, n: number, now: number): Story {
  const { id, department, name, country, city, contact } = customer;
  const [user] = desks[department];
  const at = now - REGISTERED_DAYS_AGO * DAY + n * HOUR;
  const { language } = places[department];
  const mail = `kontakt-${n}@sample.example`;
  const base = {
    id,
    country,
    region: city,
    language,
    department,
    mail,
    phone: `+00 555 01${String(n).padStart(2, "0")}`,
  };
  const references = { externalReferences: [{ system: "crm", number: `K-${10_000 + n}` }] };
  if (isPerson(n))
    return [
      [registration(user, at, { ...base, ...references, kind: "PERSON", name: contact, address: `${city} ${n}` })],
    ];
  const localNames =
    country === "CN" ? [{ language: "en", name: `Sample customer ${n}` }] : [{ language: "zh", name: `样例客户 ${n}` }];
  const organisation = { ...base, ...references, kind: "ORGANISATION", name, localNames, terms: "NET30" };
  const buyer = { id: uuidFrom("sample", "contact", String(n)), customerId: id, name: contact, mail, role: "buyer" };
  return [
    [registration(user, at, organisation)],
    [{ user, mutation: "registerContact", at: at + HOUR / 2, input: buyer }],
  ];
}

const registration = (user: Command["user"], at: number, input: Command["input"]): Command => ({
  user,
  mutation: "registerCustomer",
  at,
  input,
});

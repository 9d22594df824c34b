// The command line's texts in Chinese.
import type { AuditFaultKind } from "@gendan/security/audit/verify-audit";
import type { en } from "./texts.en.js";

const number = (value: number): string => value.toLocaleString("en-US");

const auditFaults: Readonly<Record<AuditFaultKind, string>> = {
  changed: "被修改",
  missing: "缺失",
  unlinked: "与前一条不衔接",
  unreadable: "不是审计条目",
  cut: "及其后被截断",
  rewritten: "与签名不符",
  forged: "末尾签名不是本安装的",
  gone: "整个审计流不见了",
};

export const zh: typeof en = {
  help: {
    gendan: `gendan <命令> …

  token              生成身份令牌
  import             从 CSV 文件导入订单
  export             把列表导出为 CSV 或 XLSX 文件
  sheet              执行导出文件中的修改
  verify             从事件日志重新计算全部文档并列出差异
  rebuild            重建一个投影的文档，期间旧文档照常可读
  parked             列出未能处理的事件
  redrive            重新处理搁置的事件
  keys rotate        用另一个主密钥重新包裹个人密钥
  audit verify       查出审计流中被修改、删除或截断之处
  audit list         谁的什么命令被拒绝，谁查看了谁的个人信息
  audit heads        对各审计流的当前末尾签名
  reactions resume   让暂停的反应继续
  events tail        实时查看公共事件
  events replay      从事件日志重新发布一个服务的公共事件
  events describe    说明一种公共事件的内容

\`gendan <命令> --help\` 查看各命令的说明。所有命令都可用 --data DIR 指定数据目录（默认 .gendan）。
除 token 外，都可用 --url URL 指定另一个服务（集群的网关，如 http://127.0.0.1:4000），用 --token 令牌 指定其令牌：
导入需要角色 importer，其余需要 admin。
运行方式：\`npm run --silent gendan -- <命令> …\``,
    token: `gendan token --role 角色 --user 姓名 [--department 路径]… [--expires 12h] [--data DIR]

输出一个令牌（JWT），请求时放在 \`Authorization: Bearer <令牌>\` 中。签名密钥由 GENDAN_TOKEN_SECRET 推导，
未设置时由数据目录自己的密钥推导；正在运行的服务立即认可，除非它只接受身份提供方的令牌（GENDAN_OIDC_ISSUER）。

  --role 角色         admin、manager、merchandiser、sales、production、warehouse、logistics、service、finance、
                      importer 或 auditor；可多次给出
  --user 姓名         令牌属于谁
  --department 路径   部门及其下级，如 cn/east；可多次给出。不给出时，admin、manager、importer 可见全公司，
                      其他人只见分配给自己的
  --expires 时长      有效期：30m、12h、90d（默认 12h）
  --data DIR          数据目录（默认 .gendan）`,
    import: `gendan import <映射> <文件夹> [--dry-run] [--json] [--url URL] [--token 令牌] [--concurrency N] [--data DIR]

按映射导入订单。映射是一个文件（YAML 或 JSON），说明哪些列构成什么；也可以是自带映射的名称（olist）。
写法见 docs/mappings.md。命令发往数据目录上正在运行的服务；没有运行时，只为导入打开该目录。
同样的数据再次导入不会改变任何东西，因此中断的导入只需重新运行。

被拒绝的行写到 DIR/import/<名称>/refused：改好后导入该文件夹即可。
互相矛盾的事实列在 DIR/import/<名称>/contradictions.csv。

  --dry-run          导入到内存中的空公司，只报告结果
  --json             以 JSON 输出汇总
  --url URL          另一个服务，如 http://127.0.0.1:4000
  --token 令牌       该服务的令牌，角色为 importer；数据目录自己的服务会自动生成
  --concurrency N    同时导入的订单数（默认 64）
  --data DIR         数据目录（默认 .gendan）`,
    export: `gendan export <列表> [--out 文件] [--filter JSON] [--order-by JSON] [--lang en|zh] [--url URL] [--token 令牌] [--data DIR]

把列表（orders、order-lines、shipments、receipts 等）按令牌可见的范围导出为文件。列表名不存在时会列出全部名称。
详见 docs/orders/papers.md。

  --out 文件        如 orders.xlsx，扩展名决定格式（默认 <列表>.csv）
  --filter JSON     列表的筛选条件，如 '{"late":true}'
  --order-by JSON   列表的排序，如 '{"field":"DUE"}'
  --lang en|zh      表头语言`,
    sheet: `gendan sheet <表格> <文件> [--apply] [--reason 原因] [--asked-by 提出方] [--json] [--url URL] [--token 令牌] [--data DIR]

逐行执行导出文件中的修改（表格：orders、order-lines）；不带 --apply 时只说明会发生什么。
导出后已变更的行会被拒绝。有行被拒绝时以 1 结束。

  --apply           执行
  --reason 原因     行内没有“原因”时使用
  --asked-by 提出方 改期由谁提出：CUSTOMER、US、SUPPLIER、CARRIER、FORCE_MAJEURE
  --json            每行输出一个 JSON`,
    verify: `gendan verify [--json] [--url URL] [--token 令牌] [--data DIR]

从事件日志重新计算全部文档，列出与现有文档的差异。有差异时退出码为 1。`,
    rebuild: `gendan rebuild <投影> [--url URL] [--token 令牌] [--data DIR]

在现有文档旁重建一个投影的文档，完成后切换。名称不存在时会列出已有的名称。`,
    parked: `gendan parked [--json] [--url URL] [--token 令牌] [--data DIR]

列出未能处理的事件。同一聚合之后的事件排在其后，其余不受影响。`,
    redrive: `gendan redrive [--url URL] [--token 令牌] [--data DIR]

按顺序重新处理搁置的事件。仍有搁置时退出码为 1。`,
    "audit verify": `gendan audit verify [--json] [--heads 目录]… [--data DIR]

逐条核对数据目录中的全部审计流（系统运行时也可），列出被修改、删除、插入的条目和被截断的末尾。有问题时以 1 结束。
最后一次签名之后的条目若被截断则无从发现，会说明有多少条。详见 docs/audit.md。

  --heads 目录   另存别处的签名末尾；可多次给出`,
    "audit list": `gendan audit list [--user 姓名] [--subject 编号] [--since 时间] [--after 游标] [--limit N] [--json] [--data DIR]

按时间顺序列出数据目录中全部审计流的条目：被拒绝的命令，以及对个人信息的查看（谁的、哪一项，从不记录内容）。

  --user 姓名      谁做的
  --subject 编号   谁的信息被查看，或被拒绝的命令针对什么
  --since 时间     如 2026-11-23 或 2026-11-23T08:30:00Z
  --after 游标     上一页末尾给出的位置之后
  --limit N        每页条数（默认 100）`,
    "audit heads": `gendan audit heads [--url URL] [--token 令牌] [--data DIR]

对各审计流的当前末尾签名，保存在审计流旁（audit/heads）；每天零点（UTC）和每次正常停止时也会如此。
请把该目录复制到本机人员无法更改的地方。`,
    "keys rotate": `gendan keys rotate [--url URL] [--token 令牌] [--data DIR]

用 GENDAN_MASTER_KEY_FILE 或 GENDAN_MASTER_KEY 中的第一个主密钥重新包裹个人密钥，其间一切照常进行。正在运行的服务会重新读取该文件。
完成后即可去掉其余主密钥。`,
    "reactions resume": `gendan reactions resume --service 服务 --from 时间 [--url URL] [--token 令牌] [--data DIR]

位置丢失（例如恢复备份后）的反应保持暂停，以免重复执行。此命令让某个服务（order、logistics、customer）的反应
从该时间（如 2026-11-23T08:30:00Z）起记录的事件继续。`,
    "events tail": `gendan events tail [--topic 主题]… [--type 类型]… [--key 编号]… [--from first|时间] [--no-follow] [--limit N]
                   [--json] [--url URL] [--token 令牌] [--data DIR]

逐行输出此后到来的公共事件，直到中断为止。不影响任何消费者。

  --topic 主题        只看这些主题，如 gendan.orders
  --type 类型         只看这些类型，如 order.delivered
  --key 编号          只看这些聚合
  --from first|时间   从第一个事件开始，或从该时间（如 2026-11-23T08:30:00Z）起记录的事件开始
  --no-follow         输出现有事件后即结束；数据目录上没有服务运行时也如此
  --limit N           输出 N 个事件后结束
  --json              以 JSON 输出 CloudEvents，与消费者收到的一致`,
    "events replay": `gendan events replay --service 服务 [--from 时间] [--to 时间] [--type 类型]… [--key 编号]…
                     [--url URL] [--token 令牌] [--data DIR]

从事件日志把一个服务（order、logistics、customer）发布过的公共事件再发布一次：编号和序号不变，顺序不变，使用最新版本。
已收到过的消费者视其为重复，丢失了的消费者由此补齐。

  --from 时间         从该时间（如 2026-11-23T08:30:00Z）起记录的事件
  --to 时间           在该时间之前记录的事件
  --type 类型         只发布这些类型
  --key 编号          只发布这些聚合`,
    "events describe": `gendan events describe [类型] [--version N] [--json]

说明一种公共事件：所属服务、主题、键、各字段及其个人数据类别、示例。不给类型时列出全部。
--json 输出该版本的 JSON Schema（不指定版本时为最新版本）。`,
  },
  count: number,
  of: (done, total) => `${number(done)}/${number(total)}（${Math.floor((100 * done) / Math.max(total, 1))}%）`,
  left: (seconds) => (seconds < 120 ? `剩余 ${seconds} 秒` : `剩余 ${Math.round(seconds / 60)} 分钟`),
  unknownCommand: (name) => `gendan：没有命令“${name}”；\`gendan --help\` 列出全部命令。`,
  usage: (message, command) => `gendan：${message}用法见 \`gendan ${command} --help\`。`,
  missing: (name) => `缺少 ${name}。`,
  tooMany: (value) => `多余的参数“${value}”。`,
  unknownFlag: (flag) => `没有参数 ${flag}。`,
  needsValue: (flag) => `${flag} 需要一个值。`,
  takesNoValue: (flag) => `${flag} 不带值。`,
  wrongNumber: (flag, from, to) => `${flag} 须为 ${from} 到 ${to} 的整数。`,
  wrongTime: (flag) => `${flag} 须为带时区的时间，如 2026-11-23T08:30:00Z。`,
  noType: (type, others) => `没有公共事件 ${type}；有 ${others}。`,
  described: {
    owner: "所属服务",
    topic: "主题",
    key: "键",
    versions: "版本",
    fields: "字段",
    required: "必填",
    optional: "可选",
    example: "示例",
    ends: (on, replacedBy) => `至 ${on} 停用，由 ${replacedBy} 取代。`,
  },
  replayed: (service, events, published) =>
    `已从 ${service} 的 ${number(events)} 个日志事件重新发布 ${number(published)} 个公共事件。`,
  noFolder: (folder) => `没有数据目录 ${folder}：请用 --data 指定。`,
  notYet: (folder, pid) => `${folder} 正被进程 ${pid} 使用，但它尚未就绪：请稍后再试。`,
  noAnswer: (url) => `${url} 没有应答。`,
  notAdministered: (url, status) => `${url} 不是可管理的 Gendan（状态 ${status}）。`,
  notATable: (flag) => `${flag} 须为以 .csv 或 .xlsx 结尾的文件。`,
  noFile: (file) => `没有文件 ${file}。`,
  brokenOff: (what) => `${what} 未完成即中断。`,
  sheetStatus: { accepted: "已接受", refused: "被拒绝" },
  sheetRow: (row, id, status) => `第 ${row} 行  ${id}  ${status}`,
  sheetAmendment: (id) => `订单变更 ${id}`,
  sheetSum: (dryRun, accepted, unchanged, refused) =>
    `${dryRun ? "试运行：" : ""}已接受 ${number(accepted)}，未变 ${number(unchanged)}，被拒绝 ${number(refused)}`,
  importing: "订单",
  working: {
    verify: "文档",
    rebuild: "事件",
    parked: "搁置",
    redrive: "事件",
    "keys/rotate": "密钥",
    "audit/heads": "审计",
    "reactions/resume": "反应",
    "events/tail": "事件",
    "events/replay": "事件",
  },
  verified: (checked) => `${number(checked)} 个文档与事件日志一致。`,
  differences: (checked, found) => `检查了 ${number(checked)} 个文档，${number(found)} 个有差异：`,
  difference: (at, what) => `  ${at}：${what}`,
  rebuilt: (projection, generation) => `${projection} 现已使用第 ${generation} 代。`,
  nothingParked: "没有搁置的事件。",
  parkedEvent: (where, id, type, since, reason) => `${where}  ${id}  ${type}  自 ${since}  ${reason}`,
  redriven: (redriven, parked) => `${number(redriven)} 个事件已处理，${number(parked)} 个仍搁置。`,
  noAudit: (folder) => `${folder} 中没有审计流。`,
  auditStream: (stream, entries, signedUpTo) =>
    `${stream}  ${number(entries)} 条，已签名至第 ${number(signedUpTo)} 条` +
    (entries > signedUpTo ? `；最新的 ${number(entries - signedUpTo)} 条尚未签名` : ""),
  auditFault: (kind, n) => `${auditFaults[kind]}${n === undefined ? "" : `（第 ${n} 条）`}：`,
  auditWhole: (streams) => `${number(streams)} 个审计流均完整。`,
  auditBroken: "审计流与所写入的不一致。",
  auditMore: (cursor) => `还有更多：--after ${cursor}`,
  rotated: (rotated) => `已重新包裹 ${number(rotated)} 个密钥；此后只需要第一个主密钥。`,
  resumed: (service, from) => `${service} 的反应从 ${from} 起记录的事件继续。`,
  summary: {
    title: (mapping, folder, dryRun) => `${dryRun ? "试运行：" : ""}${mapping}，来自 ${folder}`,
    orders: "订单",
    rows: "文件中",
    imported: "已导入",
    refused: "被拒绝",
    lines: "行",
    goods: "货款",
    freight: "运费",
    received: "已收款",
    steps: "步骤",
    taken: "新增",
    known: "已存在",
    refusedRows: "被拒绝",
    contradictions: "互相矛盾的事实（在规则允许的范围内导入）",
    line: (file, line) => `${file} 第 ${line} 行`,
    more: (count) => `… 另有 ${number(count)} 条`,
    refusedFolder: (folder) => `被拒绝的行：${folder}（改好后导入该文件夹）`,
    contradictionsFile: (file) => `矛盾清单：${file}`,
    nothingRefused: "没有被拒绝的行。",
    time: (seconds, rate) => `${seconds.toFixed(1)} 秒，每秒 ${number(Math.round(rate))} 单`,
  },
};

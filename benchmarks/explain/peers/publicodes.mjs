// publicodes: one rule a measure, one a test; what evaluate() returns is the explanation.
// usage: node publicodes.mjs INPUT.json  → one JSON line, as peers/stopwatch.py prints
import { readFileSync } from 'node:fs'
import Engine from 'publicodes'

const { measures, firms, repeat } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const now = () => Number(process.hrtime.bigint()) / 1e9
const NAMES = { 营业收入: 'revenue', 职工总数: 'staff', 研发费用: 'research', 成立日: 'founded' }
const titles = [...new Set(measures.flatMap((m) => m.all.flatMap(leaves)).map((t) => t.title))]
  .filter(Boolean)
const title = (name) => `title ${titles.indexOf(name)}`

function leaves(test) {
  return test.any ?? [test]
}

function condition(test) {
  if (test.any) return { 'une de ces conditions': test.any.map(condition) }
  if (test.title) return title(test.title)
  if (test.in) return { 'une de ces conditions': test.in.map((c) => `county = '${c}'`) }
  if (test.prefix)
    return {
      'une de ces conditions': test.prefix.map((p) => `${['', 'section', '', 'division', 'group'][p.length]} = '${p}'`),
    }
  return `${NAMES[test.fact]} ${test.op} ${test.value}`
}

function amount(form) {
  if (form.kind === 'fixed') return { valeur: form.yuan }
  if (form.kind === 'rate') return { valeur: `${form.percent}% * ${NAMES[form.of]}`, plafond: form.cap }
  const rows = [...form.rows].reverse().map(([floor, yuan]) => ({ si: `${NAMES[form.of]} >= ${floor}`, alors: yuan }))
  return { variations: [...rows, { sinon: 0 }] }
}

const start = now()
const rules = {}
for (const name of ['county', 'section', 'division', 'group']) rules[name] = { 'par défaut': "'x'" }
for (const name of Object.values(NAMES)) rules[name] = { 'par défaut': 0 }
titles.forEach((_, at) => (rules[`title ${at}`] = { 'par défaut': 'non' }))
for (const m of measures)
  rules[`measure ${m.id}`] = {
    'applicable si': { 'toutes ces conditions': m.all.map(condition) },
    ...amount(m.amount),
  }
const engine = new Engine(rules, { logger: { log() {}, warn() {}, error() {} } })
const build_s = now() - start

function situation(firm) {
  const given = {
    county: `'${firm['注册地']}'`,
    section: `'${firm['行业'].slice(0, 1)}'`,
    division: `'${firm['行业'].slice(0, 3)}'`,
    group: `'${firm['行业'].slice(0, 4)}'`,
  }
  for (const [fact, name] of Object.entries(NAMES)) given[name] = firm[fact]
  titles.forEach((name, at) => (given[`title ${at}`] = firm.titles.includes(name) ? 'oui' : 'non'))
  return given
}

function ask(firm) {
  engine.setSituation(situation(firm))
  return measures.map((m) => engine.evaluate(`measure ${m.id}`))
}

// How many evaluated nodes an answer holds; counted outside the clock.
function named(node, seen = new Set()) {
  if (!node || typeof node !== 'object' || seen.has(node)) return 0
  seen.add(node)
  let count = 'nodeValue' in node ? 1 : 0
  for (const inner of Object.values(node)) count += named(inner, seen)
  return count
}

ask(firms[0])
const seconds = []
let answers = []
for (let round = 0; round < repeat; round++) {
  answers = []
  for (const firm of firms) {
    const begin = now()
    const evaluated = ask(firm)
    seconds.push(now() - begin)
    answers.push(evaluated.map((e) => (typeof e.nodeValue === 'number' ? e.nodeValue : null)))
  }
}
let nodes = 0
for (const evaluated of ask(firms[0])) nodes += named(evaluated)
seconds.sort((a, b) => a - b)
const per = (s) => (s / measures.length) * 1e6
console.log(
  JSON.stringify({
    build_s,
    explained: {
      us_per_pair: per(seconds[Math.floor(seconds.length / 2)]),
      best_us_per_pair: per(seconds[0]),
      named_per_pair: nodes / measures.length,
      answers,
    },
  }),
)

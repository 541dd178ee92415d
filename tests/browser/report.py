"""
The page of the report in a browser: report.py PROGRAM

Each test opens a report that the program has just written, and uses it as its reader would.
"""

import csv
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from page import DESK, PAPER, PHONE, Browser, changed, count

DATASETS = pathlib.Path(__file__).resolve().parent.parent.parent / "datasets"
PROGRAM = None
PLAN_COLOUR, TODAY_COLOUR = "#0f5f6e", "#b9a98c"
SHORT_COLOURS = ("#5b8fb0", "#fee08b", "#f59c3c", "#c8501e", "#6b1d12")
HOSTILE = ["</script><img src=x onerror=alert(1)>", "=1+1", "\"'`", "a\u2028b\u2029c", "{{data}}", "&lt;b&gt;", "<!--"]


def solve(folder, out, *options, language="en"):
    """Solves a problem folder and returns the path of its report."""
    kept = {name: value for name, value in os.environ.items() if name != "LANGUAGE" and not name.startswith("LC_")}
    environment = {**kept, "LANG": {"en": "C", "id": "id_ID.UTF-8"}[language]}
    subprocess.run([PROGRAM, "solve", str(folder), "-o", str(out), "--quiet", *options], env=environment, check=True)
    return out / "report.html"


def lonely_folder(folder):
    """One place and one person, whose home is not known."""
    tables = {"persons": "person,name,origin\nani,Ani,\n", "places": "place,name,district,lat,lon\ngagu,Gagu,Kuala,-1.2,112.4\n",
              "posts": "post,place,role,target\nschool,gagu,teacher_sd,1\n"}
    folder.mkdir()
    for name, text in tables.items():
        (folder / (name + ".csv")).write_text(text, "utf-8")
    return folder


def hostile_folder(folder):
    """The example tiny, with names that a page must not run."""
    shutil.copytree(DATASETS / "tiny", folder)
    for file in ("persons.csv", "places.csv"):
        with open(folder / file, newline="", encoding="utf-8") as stream:
            rows = list(csv.reader(stream))
        name = rows[0].index("name")
        for row, text in zip(rows[1:], HOSTILE):
            row[name] = text
        with open(folder / file, "w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows(rows)
    return folder


def data_of(report):
    return json.loads(re.search(r'id="data">(.*?)</script>', report.read_text("utf-8"), re.S).group(1))


def with_data(report, data, out):
    """The same page with other data."""
    text = json.dumps(data).replace("<", "\\u003c")
    page = re.sub(r'(id="data">).*?(</script>)', lambda found: found.group(1) + text + found.group(2),
                  report.read_text("utf-8"), count=1, flags=re.S)
    out.write_text(page, "utf-8")
    return out


def scenarios(data):
    """Data of a page that compares, made of those of one plan."""
    names = ["first", "second", "third"]
    indicators = [{**row, "values": [row["plan"], row["plan"] + 1, row["plan"]]} for row in data["plan"]["indicators"]]
    levels = [{"name": level["name"], "value": level["value"], "bound": level["bound"]} for level in data["plan"]["levels"]]
    return {"scenarios": [{"name": name, "title": name, "status": "optimal", "levels": levels} for name in names],
            "indicators": indicators,
            "shortage": {"roles": [{"name": "teacher", "values": [3, 2, 1]}], "districts": [{"name": "Cempaga", "values": [0, 2, 4]}]},
            "quotas": [{"name": "Budget", "group": "", "measure": "pay", "max": 10, "values": [9, 10, 8]}],
            "changes": [[], ["weights.hometown: 1, here 5"], []],
            "people": [{"person": "ani", "name": "<b>Ani</b>", "posts": ["teacher", "nurse", ""], "why": ["home village", "wish", ""]}]}


def frontier(data):
    indicators = data["plan"]["indicators"]
    points = [{"values": [weight, limit], "status": "optimal", "levels": [],
               "indicators": {row["name"]: row["plan"] * (1 + weight / 10) + limit for row in indicators}}
              for weight in range(5) for limit in (0, 50)]
    return {"settings": [{"key": "weights.hometown"}, {"key": "max_moves"}], "points": points, "indicators": indicators}


class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="pulang-report-")
        cls.addClassCleanup(cls.folder.cleanup)
        root = pathlib.Path(cls.folder.name)
        cls.kotim = solve(DATASETS / "kotim", root / "kotim")
        cls.indonesian = solve(DATASETS / "tiny", root / "tiny-id", language="id")
        cls.hostile = solve(hostile_folder(root / "hostile"), root / "hostile-out")
        cls.lonely = solve(lonely_folder(root / "lonely"), root / "lonely-out")
        cls.anonymous = solve(DATASETS / "tiny", root / "tiny-anonymous", "--anonymise")
        cls.belu = solve(DATASETS / "belu", root / "belu")
        cls.kapuas = solve(DATASETS / "kapuas", root / "kapuas")
        eleven = solve(DATASETS / "belu", root / "eleven", "--scenario", str(DATASETS / "belu" / "eleven.yaml"))
        subprocess.run([PROGRAM, "compare", cls.belu.parent, eleven.parent, "--dir", DATASETS / "belu", "-o", root / "side"],
                       check=True, stdout=subprocess.DEVNULL)
        cls.side = root / "side" / "report.html"
        subprocess.run([PROGRAM, "sweep", DATASETS / "tiny", "--vary", "weights.hometown=0:10:5", "-o", root / "sweep", "--quiet"],
                       check=True, stdout=subprocess.DEVNULL)
        cls.swept = root / "sweep" / "report.html"
        subprocess.run([PROGRAM, "sweep", DATASETS / "tiny", "--vary", "quotas.Two in every remote village.on=on,off",
                        "--max-moves", "0:4:2", "-o", root / "switch", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        cls.switched = root / "switch" / "report.html"
        subprocess.run([PROGRAM, "sweep", DATASETS / "tiny", "--vary", "posts.minimum=required,hard", "--vary", "quotas.Two in every remote village.min=1,99",
                        "-o", root / "words", "--quiet"], check=True, stdout=subprocess.DEVNULL)
        cls.worded = root / "words" / "report.html"
        data = data_of(cls.indonesian)
        del data["plan"]["boundaries"]
        cls.compared = with_data(cls.indonesian, {**data, "comparison": scenarios(data), "frontier": frontier(data)}, root / "compared.html")
        many = json.loads(json.dumps(data))
        del many["plan"]["persons"]
        many["plan"].update(persons_left_out=40000, flows={"by": "place", "from": [0, 1], "to": [2, 2], "plan": [9, 5], "today": [0, 7]},
                            distances={"below": [1, 5, 10, 20, 50, 100, 200, None], "plan": [9] * 8, "today": [5] * 8})
        cls.many = with_data(cls.indonesian, many, root / "many.html")
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)

    def every(self):
        return [self.kotim, self.indonesian, self.hostile, self.lonely, self.anonymous, self.belu, self.kapuas, self.compared, self.side, self.swept,
                self.worded, self.many]

    def test_quiet(self):
        """No complaint of a script and no request, whatever is opened."""
        for report in self.every():
            with self.subTest(report=report):
                page = self.browser.open(report)
                page.unfold()
                page.picture("#foot")
                self.assertEqual(page.console(), [])
                self.assertEqual(page.requests(), [])

    def test_size(self):
        self.assertLess(self.kotim.stat().st_size, 3_000_000)

    def test_widths(self):
        """Nothing sticks out of the screen, on a desk, on a phone, with all tables open."""
        for report in self.every():
            for width in (DESK, PHONE):
                with self.subTest(report=report, width=width):
                    page = self.browser.open(report, width)
                    page.unfold()
                    page.picture("#foot")
                    self.assertLessEqual(page.width(), width)

    def test_turned(self):
        """A window that is drawn narrow, or a phone that is turned, is laid out as if it had been opened so."""
        def layout(page):
            return page.run("return [document.querySelectorAll('#people tbody tr').length, document.getElementById('map').clientHeight,"
                            " drawnCharts[0].scales.x.ticks.length, document.documentElement.scrollWidth]")
        opened = {width: layout(self.browser.open(self.kotim, width)) for width in (PHONE, DESK)}
        page = self.browser.open(self.kotim)
        for width in (PHONE, DESK):
            self.browser.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
            page.until(lambda: layout(page) == opened[width])
        self.assertEqual(page.console(), [])

    def test_lonely(self):
        """One village is on the map, and nothing is said of distances from a home that nobody knows."""
        page = self.browser.open(self.lonely)
        self.assertEqual(page.run("return document.querySelectorAll('#tiles .tile').length"), 4)
        self.assertGreater(count(page.picture("#map"), "#5b8fb0"), 50)
        self.assertIn("teacher sd", page.find("#people").text)

    def test_map(self):
        """Villages, shades and ways are drawn; today is another picture than the plan."""
        page = self.browser.open(self.kotim)
        plan = page.picture("#map")
        self.assertGreater(sum(count(plan, colour) for colour in SHORT_COLOURS), plan.width * plan.height / 100)
        page.find("#flows").click()
        without = page.picture("#map")
        self.assertGreater(changed(plan, without), 0.002)
        page.find("input[value=today]").send_keys(Keys.SPACE)
        today = page.picture("#map")
        self.assertGreater(changed(without, today), 0.005)
        self.assertGreater(count(today, SHORT_COLOURS[4]), 3 * count(without, SHORT_COLOURS[4]))
        self.assertEqual(page.find("#place h3").text, "Today")

    def test_place(self):
        """A village is chosen without a mouse; its natives are those of the data."""
        page = self.browser.open(self.kotim)
        before = page.picture("#map")
        Select(page.find("#map-controls select")).select_by_visible_text("Tumbang Gagu (Antang Kalang)")
        self.assertEqual(page.find("#place h3").text, "Tumbang Gagu")
        self.assertIn("Tumbang Gagu", page.find("#told").get_attribute("textContent"))
        plan = data_of(self.kotim)["plan"]
        place = plan["places"]["name"].index("Tumbang Gagu")
        natives = [i for i, origin in enumerate(plan["persons"]["origin"]) if origin == place]
        here = [i for i in natives if plan["persons"]["post"][i] >= 0 and plan["posts"]["place"][plan["persons"]["post"][i]] == place]
        self.assertIn(f"{len(natives)} people come from here: {len(here)} work here", page.find("#place").text)
        self.assertGreater(changed(before, page.picture("#map")), 0.002)

    def test_click_on_the_map(self):
        page = self.browser.open(self.hostile)
        at = page.run("const map = document.getElementById('map'); map.scrollIntoView({block: 'center', behavior: 'instant'});"
                      "const box = map.getBoundingClientRect(); return [box.width, box.height]")
        picture = page.picture("#map")
        points = [(x, y) for x in range(0, picture.width, 3) for y in range(0, picture.height, 3)
                  if picture.getpixel((x, y)) == tuple(int(SHORT_COLOURS[0][i:i + 2], 16) for i in (1, 3, 5)) or
                  max(abs(a - b) for a, b in zip(picture.getpixel((x, y)), (0x5b, 0x8f, 0xb0))) < 20]
        x, y = points[len(points) // 2]
        ActionChains(page.driver).move_to_element_with_offset(page.find("#map"), x - at[0] / 2, y - at[1] / 2).click().perform()
        self.assertNotEqual(page.find("#map-controls select").get_attribute("value"), "")

    def test_charts(self):
        """Every chart has bars, and a table with a row for each bar."""
        page = self.browser.open(self.kotim)
        charts = page.all("#chart-grid figure")
        self.assertEqual(len(charts), 4)
        for chart in charts:
            picture = page.picture(chart)
            self.assertGreater(count(picture, PLAN_COLOUR), 500)
            self.assertGreater(count(picture, TODAY_COLOUR), 500)
        page.unfold("#chart-grid")
        plan = data_of(self.kotim)["plan"]
        short = dict.fromkeys(plan["roles"], 0)
        for role, target, filled in zip(plan["posts"]["role"], plan["posts"]["target"], plan["posts"]["filled"]):
            short[plan["roles"][role]] += max(0, (target or 0) - filled)
        shown = page.run("return [...document.querySelectorAll('#chart-grid figure')[0].querySelectorAll('tbody tr')]"
                         ".map(row => [row.children[0].textContent, row.children[2].textContent])")
        self.assertEqual({name: int(value.replace(",", "")) for name, value in shown},
                         {name.replace("_", " "): value for name, value in short.items()})

    def test_search(self):
        page = self.browser.open(self.kotim)
        people = data_of(self.kotim)["plan"]["persons"]
        search = page.find("#people input[type=search]")
        search.send_keys(people["id"][100])
        self.assertEqual(len(page.rows("#people")), 1)
        self.assertIn(people["name"][100], page.rows("#people")[0])
        self.assertEqual(page.find("#people .count").text, f"1 of {len(people['id']):,} lines")
        self.assertEqual(page.find("#people .count").get_attribute("aria-live"), "polite")
        search.clear()
        search.send_keys("nobody is called so")
        self.assertEqual(page.rows("#people"), [])

    def test_filters_and_pages(self):
        page = self.browser.open(self.kotim)
        plan = data_of(self.kotim)["plan"]
        people = plan["persons"]
        moves = sum(today >= 0 and post >= 0 and today != post for post, today in zip(people["post"], people["today"]))
        selects = page.all("#people .controls select")
        Select(selects[2]).select_by_visible_text("moves")
        self.assertEqual(page.find("#people .count").text, f"{moves:,} of {len(people['id']):,} lines")
        first = page.rows("#people")
        self.assertEqual(len(first), 25)
        page.find("#people .pages button:last-child").send_keys(Keys.ENTER)
        self.assertNotEqual(page.rows("#people"), first)
        self.assertEqual(page.run("return document.activeElement.textContent"), "Next")
        page.driver.switch_to.active_element.send_keys(Keys.ENTER)
        self.assertIn("Page 3 of", page.find("#people .pages").text)

    def test_sort_by_keyboard(self):
        page = self.browser.open(self.kotim)
        heads = page.all("#people th[scope=col]")
        column = next(i for i, head in enumerate(heads) if head.text.startswith("Home km") and "today" not in head.text)
        button = heads[column].find_element("css selector", "button")
        cells = f"return [...document.querySelectorAll('#people tbody tr')].map(row => row.children[{column}].textContent)"
        farthest = sorted((km for km in data_of(self.kotim)["plan"]["persons"]["km"] if km is not None), reverse=True)
        button.send_keys(Keys.ENTER)
        self.assertEqual(heads[column].get_attribute("aria-sort"), "descending")
        self.assertEqual([float(text) for text in page.run(cells)], farthest[:25])
        button.send_keys(Keys.SPACE)
        self.assertEqual(heads[column].get_attribute("aria-sort"), "ascending")
        self.assertEqual([float(text) for text in page.run(cells)], farthest[:-26:-1])

    def test_hostile_names(self):
        """A name is a text, whatever it says: in the table, beside the map, in the tip of a village."""
        page = self.browser.open(self.hostile)
        shown = "\n".join(page.rows("#people"))
        for name in HOSTILE:
            self.assertIn(name, shown)
        self.assertEqual(page.all("main img"), [])
        places = Select(page.find("#map-controls select"))
        self.assertTrue(any(HOSTILE[0] in option.text for option in places.options))
        places.select_by_index(1 + next(i for i, option in enumerate(places.options[1:]) if HOSTILE[0] in option.text))
        self.assertEqual(page.find("#place h3").text, HOSTILE[0])
        self.assertEqual(page.all("main img"), [])
        self.assertEqual(page.console(), [])

    def test_indonesian(self):
        page = self.browser.open(self.indonesian)
        self.assertEqual(page.find("html").get_attribute("lang"), "id")
        self.assertEqual(page.find("#map-section h2").text, "Peta")
        self.assertIn(",", page.find("#tiles").text)  # the decimal comma
        english = re.compile(r"\b(the|seats|people|of|empty|today)\b")
        spoken = page.run("return [...document.querySelectorAll('h2, h3, h4, .note, .count, th, label, summary, nav, legend')]"
                          ".map(node => node.textContent)")
        self.assertEqual([text for text in spoken if english.search(text)], [])

    def test_anonymous(self):
        page = self.browser.open(self.anonymous)
        with open(DATASETS / "tiny" / "persons.csv", newline="", encoding="utf-8") as stream:
            names = [row["name"] for row in csv.DictReader(stream)]
        source = self.anonymous.read_text("utf-8")
        self.assertEqual([name for name in names if name in source], [])
        self.assertIn("left out", page.find("#foot").text)
        self.assertEqual(len(page.rows("#people")), len(names))

    def test_many(self):
        """A plan of too many people to list still has its map and its chart of distances."""
        page = self.browser.open(self.many)
        self.assertIn("40.000", page.find("#people").text)
        self.assertIn("→", page.find("#place").text)
        before = page.picture("#map")
        page.find("#flows").click()
        self.assertGreater(changed(before, page.picture("#map")), 0.001)
        self.assertEqual(page.run("return drawnCharts.map(chart => chart.data.datasets[1].data).filter(bars => bars.length === 8)"), [[9] * 8])

    def test_comparison(self):
        page = self.browser.open(self.compared)
        self.assertEqual([head.text for head in page.all("#comparison th[scope=col]")[1:4]], ["First", "Second", "Third"])
        self.assertIn("weights.hometown: 1, here 5", page.find("#comparison .changes").text)
        self.assertIn("<b>Ani</b>", page.find("#comparison").text)
        self.assertEqual(len(page.all("#comparison canvas")), 2)
        for chart in page.all("#comparison figure"):
            self.assertGreater(count(page.picture(chart), PLAN_COLOUR), 300)

    def test_only_comparison(self):
        """A page without a plan leaves its parts out."""
        page = self.browser.open(self.side)
        shown = page.run("return [...document.querySelectorAll('main > section')].filter(node => !node.hidden).map(node => node.id)")
        self.assertEqual(shown, ["comparison"])
        self.assertEqual(len(page.all("nav li")), 1)
        with open(self.side.parent / "people.csv", newline="", encoding="utf-8") as stream:
            people = {row["person"] for row in csv.DictReader(stream)}
        self.assertIn(f"{len(people)} of {len(people)} lines", page.find("#comparison").text)

    def test_frontier(self):
        page = self.browser.open(self.compared)
        before = page.picture("#frontier canvas")
        self.assertGreater(count(before, PLAN_COLOUR), 300)
        self.assertGreater(count(before, "#e08214"), 300)
        Select(page.all("#frontier select")[0]).select_by_value("home_km_mean")
        self.assertGreater(changed(before, page.picture("#frontier canvas")), 0.001)
        page.unfold("#frontier")
        self.assertEqual(len(page.rows("#frontier")), 10)

    def test_sweep(self):
        page = self.browser.open(self.swept)
        self.assertGreater(count(page.picture("#frontier canvas"), PLAN_COLOUR), 100)
        page.unfold("#frontier")
        self.assertEqual(len(page.rows("#frontier")), 3)

    def test_sweep_of_what_is_no_number(self):
        """A setting is called by what it means; its values that are no numbers are steps; settings without a plan are listed."""
        page = self.browser.open(self.switched)
        self.assertGreater(count(page.picture("#frontier canvas"), PLAN_COLOUR), 100)
        self.assertIn('Rule "Two in every remote village", on or off', page.find("#frontier").text)
        page.unfold("#frontier")
        self.assertEqual(["off" if row.startswith("off") else row[:2] for row in page.rows("#frontier")], ["on"] * 3 + ["off"] * 3)
        self.assertNotIn("NaN", page.find("#frontier").text)
        self.assertTrue(page.rows("#frontier")[0].startswith("on0no plan"))
        self.assertIn("by its settings: 5.", page.find("#lead").text)

    def test_sweep_of_words(self):
        """Settings whose values are no numbers are shown as they were given."""
        page = self.browser.open(self.worded)
        self.assertGreater(count(page.picture("#frontier canvas"), PLAN_COLOUR), 100)
        for axis, setting in ((0, "setting 0"), (1, "setting 1")):
            Select(page.all("#frontier select")[axis]).select_by_value(setting)
            self.assertGreater(count(page.picture("#frontier canvas"), PLAN_COLOUR), 100)
        page.unfold("#frontier")
        rows = page.rows("#frontier")
        self.assertEqual(len(rows), 4)
        for words in ("required1proven", "required99no plan", "hard1proven", "hard99no plan"):
            self.assertTrue(any(row.startswith(words) for row in rows), rows)
        self.assertNotIn("NaN", page.find("#frontier").text)

    def test_keyboard(self):
        """The first stop is the way past the contents; every stop can be seen and has a name."""
        page = self.browser.open(self.indonesian)
        page.find("body").send_keys(Keys.TAB)
        self.assertEqual(page.run("return document.activeElement.className"), "skip")
        self.assertGreaterEqual(page.run("return document.activeElement.getBoundingClientRect().top"), 0)
        nameless = page.run("""
            return [...document.querySelectorAll('a, button, select, input, canvas[role=img], [role=region], [role=application]')]
                .filter(node => !node.closest('[hidden]') && !node.closest('label') && !node.getAttribute('aria-label') &&
                                !node.textContent.trim()).map(node => node.outerHTML)""")
        self.assertEqual(nameless, [])
        stops = set()
        for _ in range(60):
            page.driver.switch_to.active_element.send_keys(Keys.TAB)
            stops.add(page.run("const node = document.activeElement; const style = getComputedStyle(node);"
                               "return [node.tagName, style.outlineStyle, style.opacity].join(' ')"))
        self.assertEqual([stop for stop in stops if "none" in stop and not stop.startswith(("BODY", "INPUT none 0"))], [])

    def test_contrast(self):
        """Text against its ground: 4.5 to 1 (WCAG AA)."""
        for width in (DESK, PHONE):
            page = self.browser.open(self.kotim, width)
            page.unfold()
            self.assertEqual(page.run(CONTRAST), [])

    def test_paper(self):
        """A4 sheets, few of them, and nothing wider than the sheet."""
        page = self.browser.open(self.kotim)
        pdf = page.pdf()
        sheets = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
        self.assertEqual(len(re.findall(rb"/Type\s*/Page\b", pdf)), len(sheets))
        self.assertTrue(2 <= len(sheets) <= 8, len(sheets))
        for width, height in sheets:
            self.assertAlmostEqual(float(width), 595.28, delta=1)
            self.assertAlmostEqual(float(height), 841.89, delta=1)
        self.browser.command("Emulation.setDeviceMetricsOverride", width=PAPER, height=900, deviceScaleFactor=1, mobile=False)
        self.browser.command("Emulation.setEmulatedMedia", media="print")
        page.run("window.dispatchEvent(new Event('beforeprint'))")
        self.assertLessEqual(page.width(), PAPER)
        wide = page.run("return [...document.querySelectorAll('main *')].filter(node => node.getBoundingClientRect().right > arguments[0] + 1"
                        " && !node.closest('#map')).map(node => node.outerHTML.slice(0, 80))", PAPER)
        self.assertEqual(wide, [])
        self.assertFalse(page.find("#people").is_displayed())


CONTRAST = """
const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
const light = (colour) => channels(colour).slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (node) => {
    for (; node; node = node.parentElement) {
        const colour = getComputedStyle(node).backgroundColor, alpha = channels(colour)[3];
        if (alpha === undefined || alpha === 1)
            return colour;
    }
    return 'rgb(255, 255, 255)';
};
return [...document.querySelectorAll('body *')].filter(node => node.checkVisibility() && !node.disabled && !node.closest('svg, #map, script, style') &&
        [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim()))
    .map(node => { const [a, b] = [light(getComputedStyle(node).color), light(ground(node))].sort((x, y) => y - x);
                   return [(a + 0.05) / (b + 0.05), node]; })
    .filter(([ratio]) => ratio < 4.5).map(([ratio, node]) => ratio.toFixed(2) + ' ' + node.outerHTML.slice(0, 90));
"""

if __name__ == "__main__":
    PROGRAM = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=2)

"""A report opened in Chromium, as its reader has it: from a file, at some width of the screen."""

import base64
import io
import json
import tempfile

from PIL import Image
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

DESK, PHONE = 1280, 390
PAPER = 695  # CSS pixels between the margins of an A4 sheet


class Browser:
    """Chromium without a window; close ends it and removes what it wrote."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="pulang-browser-")
        options = Options()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                         "--disable-crash-reporter", "--disable-breakpad", "--hide-scrollbars",
                         "--user-data-dir=" + self.folder.name):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)

    def close(self):
        self.driver.quit()
        self.folder.cleanup()

    def open(self, path, width=DESK):
        """The page of the file, with the logs of what went before emptied."""
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1,
                     mobile=False)
        self.command("Emulation.setEmulatedMedia", media="")
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.get("file://" + str(path))
        return Page(self)

    def command(self, name, **arguments):
        return self.driver.execute_cdp_cmd(name, arguments)


class Page:
    def __init__(self, browser):
        self.browser = browser
        self.driver = browser.driver

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def console(self):
        """What the page's scripts complained of."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Addresses that were asked for, but for the page itself and for what it holds in itself."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                asked.append(message["params"]["request"]["url"])
        return [url for url in asked if not url.startswith("data:") and url != self.driver.current_url]

    def picture(self, selector):
        """The element as it is drawn."""
        node = self.find(selector) if isinstance(selector, str) else selector
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", node)
        return Image.open(io.BytesIO(node.screenshot_as_png)).convert("RGB")

    def width(self):
        """How wide the page is, which is more than the screen where something sticks out."""
        return self.run("return document.documentElement.scrollWidth")

    def unfold(self, within="body"):
        """Opens all that is opened on demand; it is made in an event of its own, after the script."""
        self.driver.execute_async_script("""
            for (const node of document.querySelectorAll(arguments[0] + ' details'))
                node.open = true;
            setTimeout(arguments[1], 100);""", within)

    def until(self, holds):
        """Waits until holds() is true, 10 seconds at most."""
        WebDriverWait(self.driver, 10, 0.1).until(lambda driver: holds())

    def rows(self, table):
        """The texts of the rows that a table shows."""
        return self.run("return [...document.querySelectorAll(arguments[0] + ' tbody tr')].map(row => row.textContent)",
                        table)

    def pdf(self):
        """The page printed on A4."""
        printed = self.browser.command("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(printed["data"])


def near(pixel, colour, tolerance=24):
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, colour))


def count(picture, colour):
    """Pixels of about the colour, "#rrggbb"."""
    wanted = tuple(int(colour[i:i + 2], 16) for i in (1, 3, 5))
    return sum(n for n, pixel in picture.getcolors(picture.width * picture.height) if near(pixel, wanted))


def changed(before, after):
    """The part of the pixels that differ."""
    pairs = zip(before.getdata(), after.getdata())
    return sum(not near(a, b, 8) for a, b in pairs) / (before.width * before.height)

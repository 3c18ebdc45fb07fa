"""A real Chromium over the DevTools protocol, on two pipes: pages are opened, keys pressed, messages of the console heard."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

START = "import os,sys; r,w=map(int,sys.argv[1:3]); os.dup2(r,3); os.dup2(w,4); os.execvp(sys.argv[3],sys.argv[3:])"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--remote-debugging-pipe",
    "--enable-unsafe-extension-debugging",
)  # fmt: skip
NEEDLESS = "WebUIOmniboxPopup,WebUIOmniboxAimPopup,PreloadTopChromeWebUI,SpareRendererForSitePerProcess"
"""Pages of a window's own frame, which nobody sees and which take longer than all of ours."""
KEYS = {
    "Enter": ("Enter", 13, "\r"), "Escape": ("Escape", 27, ""), "Tab": ("Tab", 9, ""), "ArrowRight": ("ArrowRight", 39, ""),
    "ArrowLeft": ("ArrowLeft", 37, ""), "ArrowDown": ("ArrowDown", 40, ""), "ArrowUp": ("ArrowUp", 38, ""),
}  # fmt: skip
SHIFT = 8
BETWEEN = {
    "Cannot find default execution context", "Execution context was destroyed.", "Inspected target navigated or closed",
}  # fmt: skip
"""What Chromium answers while one document goes and the next has not come."""


class Browser:
    """One page of a running Chromium."""

    def __init__(self, out: Any, into: Any) -> None:
        self._out, self._into, self._number, self._rest = out, into, 0, b""
        self.heard: list[str] = []
        self._answers: dict[int, Any] = {}
        self._session: str | None = None
        self._page = ""
        self._hidden = self.do("Target.createTarget", url="about:blank", hidden=True)["targetId"]
        self.begin()

    def begin(self, *, window: bool = False) -> None:
        """An empty page, and no other, and nothing is heard yet; without a window, whose frame takes most of the time,
        where the page is to open none."""
        for other in self.targets():
            if other["type"] == "page" and other["targetId"] != self._hidden:
                self.at_large("Target.closeTarget", targetId=other["targetId"])
        wanted = self.at_large("Target.createTarget", url="about:blank")["targetId"] if window else self._hidden
        if self._page != wanted:
            self.follow(wanted)
        self.do("Page.navigate", url="about:blank")
        self.wait("location.href == 'about:blank'")
        self.look(1440)
        self.heard.clear()

    def follow(self, target: str, domains: tuple[str, ...] = ("Page", "Runtime", "Log")) -> None:
        """What is done from now on is done in another page of the browser, or in a worker."""
        self._page = target
        self._session = self.at_large("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in domains:
            self.do(f"{domain}.enable")

    def extend(self, extension: Path) -> str:
        """Takes an extension in; the id that the browser gives it."""
        given: str = self.at_large("Extensions.loadUnpacked", path=str(extension))["id"]
        return given

    def targets(self) -> list[dict[str, str]]:
        """The pages and workers of the browser."""
        found: list[dict[str, str]] = self.at_large("Target.getTargets")["targetInfos"]
        return found

    def at_large(self, method: str, **params: Any) -> Any:
        """One command to the browser and not to a page of it."""
        session, self._session = self._session, None
        try:
            return self.do(method, **params)
        finally:
            self._session = session

    def do(self, method: str, **params: Any) -> Any:
        """One command, and what came of it."""
        answer = self._ask(method, **params)
        assert "error" not in answer, answer
        return answer["result"]

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        """One command, and the answer as the browser gives it: a result or an error."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._into.write(json.dumps(message).encode() + b"\0")
        self._into.flush()
        while self._number not in self._answers:
            self._hear()
        return self._answers.pop(self._number)

    def _hear(self) -> None:
        while b"\0" not in self._rest:
            part = os.read(self._out, 1 << 20)
            assert part, "Chromium has ended"
            self._rest += part
        line, _, self._rest = self._rest.partition(b"\0")
        message = json.loads(line)
        if "id" in message:
            self._answers[message["id"]] = message
            return
        said, method = message["params"], message["method"]
        if method == "Runtime.exceptionThrown":
            self.heard.append(f"error: {said['exceptionDetails']}")
        elif method == "Runtime.consoleAPICalled":
            self.heard.append(f"console: {said['args']}")
        elif method == "Log.entryAdded":
            self.heard.append(f"{said['entry']['level']}: {said['entry']['text']} {said['entry'].get('url', '')}")

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        found = self.do("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def wait(self, condition: str, seconds: float = 60) -> None:
        """Until an expression is true, also over the loading of a page."""
        end = time.monotonic() + seconds
        while True:
            answer = self._ask("Runtime.evaluate", expression=f"Boolean({condition})", returnByValue=True)
            if answer.get("result", {}).get("result", {}).get("value") is True:
                return
            assert "error" not in answer or answer["error"]["message"] in BETWEEN, answer
            if time.monotonic() > end:
                shown = self.run("document.body ? document.body.innerText.slice(0, 3000) : ''")
                raise AssertionError(f"not in {seconds} s: {condition}\n{self.heard}\n{shown}")
            time.sleep(0.03)

    def open(self, address: str) -> None:
        self.do("Page.navigate", url=address)
        self.wait("document.readyState == 'complete' && location.href != 'about:blank'")

    def look(self, width: int, *, dark: bool = False, height: int = 900) -> None:
        self.do("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.do("Emulation.setEmulatedMedia", features=scheme)

    def press(self, key: str, *, shift: bool = False) -> None:
        """One key, as a keyboard sends it."""
        name, code, text = KEYS.get(key, (key, ord(key.upper()[0]), key))
        given: dict[str, Any] = {"key": name, "windowsVirtualKeyCode": code, "modifiers": SHIFT if shift else 0}
        self.do("Input.dispatchKeyEvent", type="keyDown", **given, **({"text": text} if text else {}))
        self.do("Input.dispatchKeyEvent", type="keyUp", **given)

    def type(self, text: str) -> None:
        """Text into what has the focus."""
        self.do("Input.insertText", text=text)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        path.write_bytes(base64.b64decode(self.do("Page.captureScreenshot", captureBeyondViewport=whole)["data"]))


@contextmanager
def chromium(folder: Path) -> Iterator[Browser]:
    """A browser with a new profile; the test is skipped where Chromium is not installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("Chromium is not installed")
    out, its_out = os.pipe()
    its_in, into = os.pipe()
    for end in (its_out, its_in):
        os.set_inheritable(end, True)
    command = [sys.executable, "-c", START, str(its_in), str(its_out), program, *FLAGS]
    command += [f"--disable-features={NEEDLESS}", f"--user-data-dir={folder}", "about:blank"]
    with (
        open(into, "wb") as pipe,  # noqa: PTH123  a number
        subprocess.Popen(command, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process,
    ):
        os.close(its_out), os.close(its_in)
        try:
            yield Browser(out, pipe)
        finally:
            process.terminate()
            process.wait(20)
            os.close(out)

# SPDX-FileCopyrightText: The Coffer developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real window as a person with a screen reader would: elements are found by role and
accessible name, pressed through their actions; secrets are typed with real keys, since they are not in
the tree. Creates a wallet, receives, sends, sees it confirm, pays from the command line beside it, restores another wallet."""

import base64
import json
import os
import subprocess
import sys
import time
import urllib.request
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

# The new name of get_action_name() is hidden by the one that gives the element's own name.
warnings.simplefilter("ignore", DeprecationWarning)

PASSWORD = "tour of the coffer"
WORDS = " ".join(["abandon"] * 11 + ["about"])


class Failure(Exception):
    pass


def until(what, attempt, seconds=30):
    """Tries until something true comes back."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            found = attempt()
        except Exception:  # The tree changes while it is read.
            found = None
        if found:
            return found
        time.sleep(0.2)
    raise Failure("waited in vain for " + what)


def walk(node):
    yield node
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield from walk(child)


def visible(node):
    states = node.get_state_set()
    return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)


class Window:
    def __init__(self):
        self.step = 0

    def application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child is not None and child.get_name() == "Coffer":
                return child
        return None

    def find(self, name, exact=True, focusable=False):
        for node in walk(self.application()):
            if not visible(node):
                continue
            if focusable and not node.get_state_set().contains(Atspi.StateType.FOCUSABLE):
                continue # A label beside a field has the same name.
            text = node.get_name() or ""
            if (text == name) if exact else (name in text):
                return node
        return None

    def wait(self, name, exact=True, seconds=30):
        return until("'%s'" % name, lambda: self.find(name, exact), seconds)

    def press(self, name):
        def attempt():
            node = self.find(name)
            if node is None or not node.get_state_set().contains(Atspi.StateType.ENABLED):
                return False
            for index in range(node.get_n_actions()):
                if node.get_action_name(index) in ("Press", "Toggle"):
                    return node.do_action(index)
            return False

        until("a button '%s'" % name, attempt)
        time.sleep(0.3)

    def focus(self, name):
        until("a field '%s'" % name, lambda: self.find(name, focusable=True)).grab_focus()
        time.sleep(0.3)

    def type_into(self, name, text):
        """Focus, then real key presses: works for secrets too."""
        self.focus(name)
        subprocess.run(["xdotool", "type", "--delay", "12", text], check=True)
        time.sleep(0.2)

    def shot(self, name):
        time.sleep(0.5)
        self.step += 1
        path = "%s/%02d-%s.png" % (os.environ["COFFER_SCREENSHOTS"], self.step, name)
        subprocess.run(["import", "-window", "root", path], check=True)


def rpc(method, *parameters):
    with open(os.environ["COFFER_BITCOIN_COOKIE"], "rb") as cookie:
        token = base64.b64encode(cookie.read().strip()).decode()
    body = json.dumps({"id": 1, "method": method, "params": parameters}).encode()
    request = urllib.request.Request(os.environ["COFFER_BITCOIN_RPC"], body, {"Authorization": "Basic " + token})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)["result"]


def new_password(window, name):
    window.type_into("Password", PASSWORD)
    window.type_into("Repeat the password", PASSWORD)
    window.shot(name)


def create(window):
    window.wait("Create a wallet", seconds=60)
    window.shot("welcome")
    window.press("Create a wallet")
    new_password(window, "create")
    window.press("Create wallet")
    window.wait("Reveal the words", seconds=60)
    window.shot("words-hidden")
    window.press("Later")
    window.wait("Look around")
    window.shot("ready")
    window.press("Receive")


def receive(window):
    window.press("Get test coins")
    window.shot("receive")
    window.press("Overview")
    # A block comes every few seconds in the playground.
    until("the coins", lambda: window.find("0.25", exact=False), 90)
    window.shot("overview")


def send(window):
    window.press("Send")
    payee = rpc("getnewaddress", "", "bech32")
    window.type_into("To: address or payment link", payee)
    window.type_into("Amount", "0.01")
    window.shot("send")
    window.press("Continue to review")
    window.wait("Sign")
    window.shot("review")
    window.press("Sign")
    window.type_into("Password of the wallet", PASSWORD)
    window.press("Sign and send")
    window.wait("Show in Activity", seconds=60)
    window.shot("sent")
    window.wait("Payment confirmed", seconds=90)
    window.shot("confirmed")
    window.press("Show in Activity")
    window.shot("activity")


def globals_of_both():
    return [
        "--network", "regtest",
        "--data-dir", os.environ["COFFER_TOUR_DIR"] + "/data",
        "--bitcoin-peer", os.environ["COFFER_BITCOIN_PEER"],
        "--bitcoin-rpc", os.environ["COFFER_BITCOIN_RPC"],
        "--bitcoin-rpc-cookie", os.environ["COFFER_BITCOIN_COOKIE"],
    ]


def command(*words):
    """coffer-cli finds the running window and asks its engine."""
    password = os.environ["COFFER_TOUR_DIR"] + "/password"
    with open(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(PASSWORD)
    run = subprocess.run(
        [os.environ["COFFER_BIN"] + "/coffer-cli", *globals_of_both(), "--wallet", "Wallet",
         "--password-file", password, "--json", *words],
        stdout=subprocess.PIPE, timeout=60, check=True)
    return json.loads(run.stdout)


def command_line(window):
    """What one of the two does, the other one shows."""
    payee = rpc("getnewaddress", "", "bech32")
    intent = command("send", "prepare", "--to", payee, "--amount", "0.02")["intent"]
    command("send", "confirm", intent)
    window.wait("0.020", exact=False, seconds=30)
    window.shot("paid-by-command-line")


def second_start(window):
    """A second start brings the first window to the front, and ends."""
    del window
    subprocess.run([os.environ["COFFER_BIN"] + "/coffer", *globals_of_both()], timeout=30, check=True)


def look_around(window):
    for page in ("Overview", "Accounts", "Network", "Settings"):
        window.press(page)
        window.shot(page.lower())


def restore(window):
    window.press("Lock the wallet")
    window.wait("Unlock", seconds=30)
    window.shot("unlock")
    window.press("Create or restore another wallet")
    window.press("Restore a wallet")
    window.type_into("Recovery words", WORDS)
    window.focus("Name of the wallet")
    subprocess.run(["xdotool", "key", "ctrl+a"], check=True)
    subprocess.run(["xdotool", "type", "Restored"], check=True)
    new_password(window, "restore")
    window.press("Restore wallet")
    window.wait("Overview", seconds=90)
    window.shot("restored")


def main():
    program = subprocess.Popen(
        [os.environ["COFFER_BIN"] + "/coffer", *globals_of_both()],
        env=dict(os.environ, LANGUAGE="en"),
    )
    window = Window()
    try:
        until("the window", window.application, 30)
        for stage in (create, receive, send, command_line, second_start, look_around, restore):
            print("tour: " + stage.__name__.replace("_", " "), flush=True)
            stage(window)
        print("tour: done", flush=True)
        return 0
    except (Failure, subprocess.SubprocessError) as failure:
        window.shot("failure")
        print("tour: " + str(failure), file=sys.stderr)
        application = window.application()
        for node in walk(application) if application else ():
            if visible(node) and node.get_name():
                print("  %s '%s'" % (node.get_role_name(), node.get_name()), file=sys.stderr)
        return 1
    finally:
        program.terminate()
        program.wait(timeout=20)


sys.exit(main())

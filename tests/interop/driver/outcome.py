"""Runs the binary once and compares what it did with what a case expects."""

import dataclasses
import json
import subprocess
import time

ANY = object()  # as what is expected: whatever it says
TIMEOUT = 30  # s; a case that takes this long hangs


@dataclasses.dataclass(frozen=True)
class Run:
    code: int
    stdout: str
    stderr: str
    seconds: float


def run(argv, environment):
    start = time.perf_counter()
    try:
        done = subprocess.run(argv, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT, check=False)
    except subprocess.TimeoutExpired:
        return Run(-1, "", f"killed after {TIMEOUT} s", TIMEOUT)
    except OSError as error:
        return Run(-1, "", f"cannot be run: {error}", 0)
    return Run(done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), time.perf_counter() - start)


def problems(case, done, secrets):
    """Every way in which the run differs from the case, as one line each."""
    found = []
    if done.code != case.exit:
        found.append(f"exit {done.code}, expected {case.exit}")
    if done.seconds > case.within:
        found.append(f"took {done.seconds:.1f} s, allowed {case.within} s")
    if "panicked" in done.stderr:
        found.append("panicked")
    for secret in secrets:
        if secret in done.stderr or secret in done.stdout:
            found.append("a secret is shown")
    for text in case.stderr:
        if text not in done.stderr:
            found.append(f"stderr lacks {text!r}")
    if case.json:
        found += document_problems(case, done)
    return found


def document_problems(case, done):
    try:
        document = json.loads(done.stdout)
    except ValueError:
        return ["stdout is not one JSON document"]
    if not isinstance(document, dict) or document.get("schema") != "grpcauth/1":
        return ["stdout is no grpcauth/1 document"]
    found = []
    if document.get("exit_code") != done.code:
        found.append(f"exit_code {document.get('exit_code')} in the document, {done.code} from the process")
    found += expect("diagnosis.id", at(document, "diagnosis", "id"), case.diagnosis)
    found += expect("status.code", at(document, "status", "code"), case.status)
    found += expect("outcome", document.get("outcome"), case.outcome)
    if case.reached is not None:
        found += expect("handshake.reached", at(document, "handshake", "reached"), case.reached)
    if case.answered_by is not None:
        last = (document.get("attempts") or [None])[-1]
        found += expect("attempts[-1].answered_by", at(last, "answered_by"), case.answered_by)
    if case.messages is not None and document.get("messages") != list(case.messages):
        found.append(f"messages {json.dumps(document.get('messages'), ensure_ascii=False)[:400]}")
    for block in ("headers", "trailers"):
        seen = document.get(block) or []
        found += [f"{pair} is not among the {block}" for pair in getattr(case, block) if list(pair) not in seen]
    if case.attempts is not None:
        found += expect("attempts", len(document.get("attempts") or ()), case.attempts)
    if case.said is not None:
        found += expect("status.message", at(document, "status", "message"), case.said)
    return found


def expect(name, seen, wanted):
    if wanted is ANY:
        return []
    accepted = wanted if isinstance(wanted, tuple) else (wanted,)
    if seen in accepted:
        return []
    return [f"{name} {json.dumps(seen)}, expected {' or '.join(json.dumps(one) for one in accepted)}"]


def at(document, *path):
    for step in path:
        document = document.get(step) if isinstance(document, dict) else None
    return document
